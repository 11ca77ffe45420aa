import type { paste as en } from '../en/paste.ts'

/** Chinese texts of the dialog for what comes from elsewhere. */
export const paste: Readonly<Record<keyof typeof en, string>> = {
  'paste.title': '粘贴清单或节点的规则',
  'paste.lead':
    'kubectl get … -o yaml 的输出；或在节点上运行 iptables-save、ip6tables-save、ipset save、nft list table ip kube-proxy 的输出。也可以把文件拖到页面上。内容不会离开此页面。',
  'paste.placeholder': 'apiVersion: v1 …      *nat …      table ip kube-proxy …',
  'paste.looking': '正在查看…',
  'paste.manifests': '这些是清单：',
  'paste.into': '将写入文件 {file}。',
  'paste.rules.iptables-save': '这些是 iptables-save 输出的规则：',
  'paste.rules.ip6tables-save': '这些是 ip6tables-save 输出的 IPv6 规则：',
  'paste.rules.nft': '这些是 nft 列出的规则：',
  'paste.rules.counts': '{tables}；{chains} 条链，{rules} 条规则。',
  'paste.rules.ipset-save': '这些是 ipset save 打印的集合：',
  'paste.sets.counts': '{sets} 个集合，{entries} 个条目。',
  'paste.node': '所属节点',
  'paste.rules.into': '它们将成为 {file}，取代计算得出的规则；由它们决定的步骤会标为“导入”。',
  'paste.rules.again': '它们将取代 {file} 中的规则；可在编辑器中撤销。',
  'paste.rules.all': '每条规则都能评估。',
  'paste.rules.unmodelled': '有 {count} 处未建模：遇到它的数据包结果为“未知”，绝不会算作成功。',
  'paste.rules.has': '· {count} 条规则',
  'paste.line': '第 {line} 行',
  'paste.more': '还有 {count} 处',
  'paste.wait': '放进文件',
  'paste.apply': '应用',
  'paste.use': '使用这些规则',
  'paste.waiting': '之后还有 {count} 个文件',
}
