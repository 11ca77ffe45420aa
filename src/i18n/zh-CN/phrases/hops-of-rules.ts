/** kube-proxy's rules, netfilter and conntrack, in all three modes: title, caption and label of each hop. */
import type { HopTexts } from '../../phrase-catalogue.ts'

export const ruleHops = {
  dispatch: [
    'KUBE-SERVICES：第 {rule} 条命中',
    'nat PREROUTING 依次尝试 KUBE-SERVICES 的规则。第 {rule} 条写着这个地址、协议和端口：它是 Service {service}。',
    'KUBE-SERVICES',
  ],
  'dispatch-node-port': [
    'KUBE-NODEPORTS：{service} 的端口',
    '没有 Service 使用这个地址，但它是 {node} 自己的地址：最后一条规则转到 KUBE-NODEPORTS，这个端口属于 {service}。',
    '节点端口',
  ],
  choose: [
    '抽签：{count, plural, =0 {第一条规则就抽中} other {# 次未抽中，下一条抽中}}',
    '每个端点一条规则，按顺序各抽一次。{count, plural, =0 {第一条规则就抽中了。} other {前 # 条规则没有抽中。}}最终每个端点的机会相同。',
    '抽签',
  ],
  'choose-only': ['只有一个端点，无需抽签', '只有一个端点就绪，不需要抽签。', '唯一端点'],
  'ipvs-marked': [
    'nat {node}：打标记，不改写',
    'IPVS 模式下没有规则改写地址。KUBE-SERVICES 只给数据包打标记，让它离开 {node} 时做伪装。',
    '标记',
  ],
  'ipvs-unmarked': [
    'nat {node}：无需标记',
    'IPVS 模式下没有规则改写地址。KUBE-SERVICES 让发往 {dst} 的数据包原样通过：源地址可以保留。',
    'nat',
  ],
  'ipvs-dispatch': [
    'IPVS：虚拟服务器 {dst}',
    '在 IPVS 的哈希表里查一次，就找到虚拟服务器 {dst}：它是 Service {service}。无论有多少 Service，都不用逐条尝试。',
    '虚拟服务器',
  ],
  'ipvs-dispatch-node-port': [
    'IPVS：虚拟服务器 {dst}',
    '{node} 的每个地址对每个节点端口都有一个虚拟服务器：{dst} 属于 {service}。',
    '虚拟服务器',
  ],
  'ipvs-choose': [
    '轮询：轮到 {to}',
    '{count} 个真实服务器严格轮流（{scheduler}），iptables 则是抽签。这条连接归 {to}。',
    '{scheduler}',
  ],
  'ipvs-choose-only': ['只有一个真实服务器', '只有一个端点就绪，不需要选择。', '唯一服务器'],
  'ipvs-choose-template': [
    '会话保持：仍是 {to}',
    '这个客户端在 {seconds} 秒之内来过。它的模板写着 {to}，不再询问调度器。',
    '会话保持',
  ],
  'ipvs-choose-hash': [
    '{scheduler}：哈希选中 {to}',
    '调度器 {scheduler} 对数据包的一个地址做哈希：同一个地址总是去 {to}。',
    '{scheduler}',
  ],
  'ipvs-choose-least': [
    '{scheduler}：{to} 最空闲',
    '调度器 {scheduler} 比较 {count} 个真实服务器的连接（活动 + 非活动）：{to} 最少。',
    '{scheduler}',
  ],
  'ipvs-rewrite': [
    'IPVS → {to}',
    'IPVS 把目的地址写成 Pod 的地址 {to}，从 {node} 把数据包继续发出。它自己的连接表和 conntrack 都会记住。',
    'IPVS',
  ],
  'ipvs-repeat': [
    '{says}：IPVS 认识这条连接',
    '{node} 上的 IPVS 在连接表里找到它：还是同一个真实服务器 {dst}，不再询问调度器。',
    '同一服务器',
  ],
  'ipvs-restore': [
    '回复：源地址恢复为 {service}',
    '{node} 上的 IPVS 把源地址写回 {address}。客户端看到的是它所请求的地址。',
    '恢复',
  ],
  'ipvs-refused': [
    'IPVS 拒绝：没有真实服务器',
    '虚拟服务器 {dst} 没有可选的真实服务器。{node} 自己立刻回答：ICMP 端口不可达。',
    '拒绝',
  ],
  'ipvs-rejected': [
    'KUBE-IPVS-FILTER：REJECT',
    '{dst} 是某个 Service 的地址，但不是它的端口。kube-ipvs0 让这个地址成为 {node} 自己的，这条规则不让数据包进入节点：{with}。',
    'REJECT',
  ],
  'ipvs-dropped': [
    'IPVS 丢弃：旧连接',
    '这条连接的真实服务器已经不在。{node} 上的 IPVS 忘掉连接，丢弃这个数据包；下一个会重新调度。',
    '丢弃',
  ],
  'ipvs-not-modelled': ['{text}：未建模', 'Podpath 不计算“{text}”。内核会选哪个真实服务器，不得而知。', '?'],
  'nft-dispatch': [
    'service-ips：找到 Service {service}',
    '按地址、协议和端口在映射 service-ips 里查一次，就找到 Service {service} 的元素。十个 Service 还是一万个，代价相同。',
    'service-ips',
  ],
  'nft-dispatch-node-port': [
    'service-nodeports：{service} 的端口',
    '这是 {node} 接受节点端口的地址；在 service-nodeports 里查一次，找到 Service {service}。',
    '节点端口',
  ],
  'nft-choose': [
    '在 {count} 个里抽一次',
    'numgen 只抽一次，得到小于 {count} 的数，旁边的映射写明端点：每个机会相同。',
    '抽签',
  ],
  'nft-choose-affinity': [
    '会话保持：仍是 {to}',
    '客户端的地址还在 {to} 的会话保持集合里，不再抽取。',
    '会话保持',
  ],
  'nft-no-match': [
    '没有映射包含 {dst}',
    'service-ips 和 service-nodeports 都没有 {protocol} 到 {dst} 的元素：不做改写，由过滤链决定。',
    '未找到',
  ],
  'nft-rejected-port': [
    'cluster-ips-check：拒绝',
    '{dst} 是 ClusterIP，但没有 Service 使用这个端口或协议。nftables 模式下 {node} 会拒绝；iptables 模式下则会在路上丢失。',
    '拒绝',
  ],
  'nft-dropped-free': [
    'cluster-ips-check：丢弃',
    '{dst} 在 Service 的地址范围里，却没有 Service 使用它。nftables 模式下 {node} 丢弃这样的数据包。',
    '丢弃',
  ],
  dnat: [
    'DNAT → {to}',
    '目的地址变成某个 Pod 的地址：{dst} 变为 {to}。源地址、端口和内容不变。conntrack 会为之后的数据包记住它。',
    'DNAT',
  ],
  'dnat-by-rule': [
    'DNAT → {to}',
    '{node} 的一条 nat 规则把 {dst} 改写为 {to}。conntrack 会记住它，并在回复里还原。',
    'DNAT',
  ],
  'snat-by-rule': [
    'SNAT：源地址变为 {to}',
    '{node} 的一条 nat 规则把源地址 {from} 改写为 {to}：回复必须原路返回。',
    'SNAT',
  ],
  snat: [
    'SNAT：源地址变为 {to}',
    '数据包带有伪装标记，所以离开 {node} 时源地址 {from} 换成节点自己的 {to}：这样回复必须原路返回。',
    'SNAT',
  ],
  'snat-outgoing': [
    'SNAT：源地址变为 {to}',
    'Pod 网络会伪装离开它的数据包（IPPool 的 natOutgoing）：数据包以 {node} 的地址 {to} 继续前进，而不是 {from}。',
    'SNAT',
  ],
  repeat: [
    '{says}：conntrack 重复改写',
    '{node} 认识这条连接，不再询问规则：conntrack 重复第一个数据包得到的结果。',
    '同一个 Pod',
  ],
  'repeat-source': [
    '{says}：conntrack 重复改写',
    '{node} 认识这条连接，不再询问规则：数据包和第一个一样，以 {src} 的身份离开。',
    '同一源地址',
  ],
  restore: [
    '回复：源地址恢复为 {service}',
    '{node} 上的 conntrack 撤销改写。客户端看到回复来自它所请求的地址 {address}。',
    '恢复',
  ],
  'restore-client': [
    '回复：目的地址恢复为 {dst}',
    '{node} 上的 conntrack 撤销伪装：回复继续前往提出请求的 {dst}。',
    '恢复',
  ],
  'no-match': [
    'nat 规则都不匹配 {dst}',
    '尝试了 {count} 条规则，没有一条匹配发往 {dst} 的 {protocol}：什么都不改写。没有网卡持有这个地址，数据包只能走普通路由。',
    '未命中',
  ],
  filter: ['{hook} 放行', '{node} 上 filter {hook} 没有规则反对；链的策略是 ACCEPT。', '{hook}'],
  'filter-rule': ['{hook} 由规则放行', '{node} 上 filter {hook} 的一条规则放行了数据包。', '{hook}'],
  dropped: ['{hook} 丢弃', '{node} 上 filter {hook} 的一条规则丢弃了数据包。发送方什么也听不到。', 'DROP'],
  'conntrack-full': [
    'conntrack：表已满',
    '{node} 的连接表里每个位置都被进行中的连接占用，内核丢弃了这条新连接的第一个数据包：“nf_conntrack: table full, dropping packet”。发送方什么也听不到。表的大小由 KubeProxyConfiguration 的 conntrack.maxPerCore 和 min 决定。',
    '表已满',
  ],
  'conntrack-clash': [
    'conntrack：冲突，丢弃 {says}',
    '两个查询是同一条连接，而第一个已带着另一个 Pod 写入 {node} 的表。这一个无法插入：insert_failed，被丢弃，没有人得到通知。',
    '冲突',
  ],
  'clash-resolved': [
    'conntrack：同一条连接',
    '第一个查询的连接此时已在 {node} 的表中，nat 为两者抽到同一个 Pod：数据包作为它的一部分继续前行（clash_resolve）。',
    '冲突',
  ],
  'dropped-by-policy': [
    '{hook}：策略 DROP',
    '{node} 上的 {hook} 没有规则放行它，策略是 DROP。发送方什么也听不到。',
    'DROP',
  ],
  rejected: [
    'filter {hook}：REJECT',
    '{node} 拒绝：{dst} 背后没有就绪的 Pod，kube-proxy 在那里写了一条 REJECT 规则。回答是节点发出的 {with}；没有 Pod 见过这个数据包。',
    'REJECT',
  ],
  'rejected-by-rule': [
    'filter {hook}：REJECT',
    '{node} 上 filter {hook} 的一条规则用 {with} 拒绝了数据包。回答的是 {node} 自己；目标没有见过这个数据包。',
    'REJECT',
  ],
} satisfies HopTexts
