import type { DiagnosticCode } from '../../sim/manifest/diagnostic.ts'

/**
 * Chinese texts of diagnostics, by code; `values` of the diagnostic fill them. English says `Diagnostic.message` itself.
 * `detail` is what kubectl or the API server says, in its own words.
 */
export const diagnostics: Readonly<Record<DiagnosticCode, string>> = {
  'yaml-syntax': 'YAML 第 {line} 行有语法错误：{detail}',
  'yaml-alias-bomb': 'YAML 的锚点层层引用，展开后过于庞大：document contains excessive aliasing',
  'yaml-duplicate-key': '键“{key}”在同一个对象里出现了两次；以最后一个为准。',
  'file-too-large': '文件太大，无法在这里读取：{size, number} 个字符，上限是 {limit, number} 个。',
  'not-yaml':
    '{detail, select, binary {这不是文本：其中有控制字符。} html {这是一个网页，不是清单。} template {这是尚未渲染的模板。} other {文本在中途断了：有引号或括号没有闭合。}}',
  'no-objects': '没有可以应用的对象：no objects passed to apply',
  'not-an-object': '这是一段文字或一个列表，不是 Kubernetes 对象。',
  'kind-missing': '没有写 kind。',
  'api-version-missing': '没有写 apiVersion。',
  'name-missing': '对象没有名称。',
  'unknown-field': '没有这个字段：{field}',
  'wrong-type': '{field} 的类型不对：应为 {expected}，写的是 {found}。',
  'field-invalid': '{field}：{detail}',
  'field-required': '{field}：{detail}',
  'duplicate-object': '{object} 在这个文件里出现了两次；另一处在第 {line} 行。',
  'kind-not-simulated':
    '{effect, select, kept {{kind} 会保留并列出；它与网络无关。} unknown {未知的类型 {kind}：会保留并列出，但不起作用。} other {{kind} 会保留并列出，但它在真实集群里的作用未建模。}}',
  'namespace-missing': '没有命名空间 {namespace}。',
  'not-found': '找不到 {object}。',
  'patch-without-target': '这个文件写的是完整的对象，不是补丁。',
  'address-taken': '地址 {address} 已经被占用。',
  'address-outside-range': '地址 {address} 不可用：{detail}',
  'node-port-taken': '节点端口 {port} 已经被占用。',
  'health-check-port-refused': '无法分配所要求的 healthCheckNodePort {port}：{detail}',
  'node-port-outside-range': '节点端口 {port} 不在范围 {range} 内。',
  'immutable-field': '{field}：创建之后不能更改。{detail}',
  'webhook-denied': '准入 Webhook 拒绝了：{detail}',
  'webhook-failed': '准入 Webhook 没有应答：{detail}',
  'no-nodes': '集群没有节点，所以每个 Pod 都停在 Pending。',
  'paste-node-unknown': '集群里没有节点“{node}”，这些规则不知道属于谁。',
  'paste-other-family': '这是 {command} 的输出，文件名却属于另一个协议族。',
  'paste-unreadable': 'iptables-restore 不会接受这一行：{detail}',
  'paste-nft-unreadable': '这一行无法采用：{detail}',
  'paste-ipset-unreadable': 'ipset restore 不会接受这一行：{detail}',
  'paste-empty': '这段文字里没有任何表。',
  'internal-error': 'Podpath 在这里出错了。这是它自己的问题，请反馈。{detail}',
}

/**
 * The ways out, in Chinese: by code, or by code and what sets one of its cases apart (its detail, or the last name of its field).
 * They are said only where the diagnostic has a hint; `severity` is a value too.
 */
export const hints: Readonly<Partial<Record<`${DiagnosticCode}${'' | `/${string}`}`, string>>> = {
  'yaml-syntax': '检查这一行的写法。',
  'yaml-syntax/did not find expected key': '同一个对象的键要对齐在同一列：与上面几行的缩进比较一下。',
  'yaml-syntax/mapping values are not allowed in this context':
    '值里有“: ”时要加引号；同一个对象的键要对齐在同一列。',
  "yaml-syntax/could not find expected ':'": '键后面要有冒号和空格。',
  'yaml-syntax/did not find expected node content': '有一个括号没有闭合。',
  'yaml-syntax/found character that cannot start any token': '请用空格缩进：YAML 不允许制表符。',
  'yaml-syntax/did not find expected alphabetic or numeric character': '以 * 或 & 开头的值要加引号。',
  'yaml-syntax/exceeded max depth of 10000': '对象嵌套得太深。',
  'yaml-syntax/invalid map key': '键只能是普通的词；花括号和方括号要加引号。',
  'yaml-alias-bomb': '把重复的部分直接写出来：锚点引用锚点会无限膨胀。',
  'yaml-duplicate-key': '删掉多余的那一个。',
  'file-too-large': '拆成几个不到 5 MB 的文件，或者只取与请求有关的对象。',
  'not-yaml/binary': '请打开 YAML 或 JSON 文件，而不是压缩包或图片。',
  'not-yaml/html': '请取原始文件：在 GitHub 上点“Raw”，别处用下载链接。',
  'not-yaml/template': '先渲染它，例如用 helm template 或 kustomize build，再粘贴结果。',
  'not-yaml': '补上闭合的符号，或者把整个文件重新复制一遍。',
  'paste-node-unknown':
    '请用节点名给文件命名：NODE.iptables-save、NODE.ip6tables-save、NODE.ipset-save 或 NODE.nft。节点有 {nodes}。',
  'paste-other-family': '请把文件命名为 {node}.{command}。',
  'paste-unreadable': '请原样粘贴 iptables-save 的全部输出。',
  'paste-nft-unreadable': '请原样粘贴“nft list table ip kube-proxy”（或 ip6）的输出。',
  'paste-ipset-unreadable': '请原样粘贴“ipset save”的完整输出。',
  'paste-empty': '请粘贴在节点上以 root 运行 iptables-save 或“nft list table ip kube-proxy”的输出。',
  'no-objects': '文件是空的，或者只有注释。',
  'not-an-object': '清单以“apiVersion: v1”和“kind: Service”这样的行开头。',
  'kind-missing': '写明它是什么，例如 kind: Service。',
  'api-version-missing': '每个对象都以 apiVersion 和 kind 开头：Deployment 用 apps/v1，Service 用 v1。',
  'name-missing': '在 metadata.name 里给它一个名称。',
  'unknown-field': '是不是想写“{suggestion}”？',
  'wrong-type': '{expected, select, string {要加引号。} other {不要加引号。}}',
  'field-invalid/apiVersion': '这个版本在现行发行版里已经移除，或者属于别的类型：见 kubectl api-resources。',
  'field-invalid/host': '只写小写的主机名：不带端口、协议和下划线。',
  'field-invalid/path': '路径以 / 开头，不含 //、/./、/../ 和 %2f。',
  'field-invalid/pathType': '通常写 Prefix。',
  'field-invalid/backend': '写一个 service，带名称和一个端口。',
  'field-invalid/spec': '至少写一条规则。',
  'field-invalid/class': '去掉这个注解。',
  'field-invalid/nodePort': '设为 type: NodePort，或者不写 nodePort。',
  'field-invalid/labels': '模板要带有 spec.selector.matchLabels 里的每一个标签。',
  'field-invalid/ipFamilyPolicy': '写 PreferDualStack，有什么就用什么。',
  'field-required/pathType': '通常用 Prefix。',
  'duplicate-object': '给其中一个改名，或者删掉它。',
  'namespace-missing':
    '{severity, select, error {先创建它：kubectl create namespace {namespace}} other {已随这个对象一并创建。}}',
  'address-taken': '不写地址，就会自动分配一个。',
  'address-outside-range': '不写地址，就会自动分配一个。',
  'node-port-taken': '换一个端口，或者不写 nodePort。',
  'health-check-port-refused': '换一个端口，或者不写 healthCheckNodePort。',
  'node-port-outside-range': '在范围内选一个，或者不写 nodePort。',
  'immutable-field': '删除这个对象，再重新创建。',
  'no-nodes': '添加 Node 对象：真实集群的 kubectl get nodes -o yaml 就可以。',
}
