/** Looking a name up: title, caption and label of each hop. */
import type { HopTexts } from '../../phrase-catalogue.ts'

export const nameHops = {
  'read-resolver-list': [
    '{name}：先走搜索列表',
    '{name} 有 {dots} 个点，少于 ndots {ndots}：{flavour} 先逐个尝试 /etc/resolv.conf 里的搜索域。',
    '搜索列表',
  ],
  'read-resolver-burst': [
    '{name}：一次查询所有搜索域',
    '{name} 没有点：{flavour} 把它和每个搜索域拼起来一次全部发出，从不按原样查询。它不读 ndots。',
    '搜索列表',
  ],
  'read-resolver-absolute': [
    '{name}：按原样查询',
    '{flavour} 按输入的名称查询 {name}：{why, select, dots {它的点数达到了 ndots {ndots}。} noList {这里没有搜索列表。} finalDot {它以点结尾。} other {这个程序不加搜索域。}}',
    '原样',
  ],
  ask: ['{types} {name}', '查询发往域名服务器 {server}，这是一个 Service 地址：{types} {name}', '{types}'],
  'ask-racing': [
    '{types} 同时发出',
    '已打开的故障：第一个查询的连接写入 conntrack 之前，{node} 的另一个 CPU 就处理了 {types}，因此要再问一次 nat。',
    '{types}',
  ],
  'answer-missing': [
    '{seconds} 秒没有 {types} 的应答',
    '另一个应答到了。解析器无从知道 {types} 已在途中丢失，所以等待 {seconds} 秒后再问。',
    '{seconds} 秒',
  ],
  'dns-found': [
    '{rcode} {data}',
    'CoreDNS 有这条记录：{name} 是 {data}，有效 {ttl} 秒。由 {pod} 里的 {plugin} 插件回答。',
    '{rcode}',
  ],
  'dns-empty': ['{rcode}，没有记录', '名称 {name} 存在，但没有这种类型的记录。', '{rcode}'],
  'dns-failed': ['{rcode} {name}', 'CoreDNS 对 {name} 回答 {rcode}：由 {plugin} 插件决定。', '{rcode}'],
  'dns-not-modelled': [
    '{name}：未建模',
    'Corefile 把这个查询交给了 Podpath 没有建模的插件，所以不知道会得到什么回答。',
    '?',
  ],
  'resolved-hosts': [
    '{name} 在 /etc/hosts 里',
    '/etc/hosts 里有 {name}：{address}。没有询问任何域名服务器。',
    '/etc/hosts',
  ],
  'resolved-found': ['{name} 是 {address}', '第一个存在的名称结束了搜索：{name} 是 {address}。', '{address}'],
  'resolved-reply': ['{rcode} 到达客户端', '程序原样打印最后一个回复：{rcode}。', '{rcode}'],
  'resolved-not-found': ['{name}：没有这个名称', '列表里的名称都失败了：{name} 不存在。', '找不到'],
  'resolved-try-again': [
    '{name}：稍后再试',
    '解析器放弃了 {name}：某个域名服务器出错或没有回答。这并不说明名称本身有问题。',
    '没有回答',
  ],
  'resolved-no-data': ['{name}：没有地址', '名称 {name} 存在，但没有地址。', '没有地址'],
  'resolved-illegal': [
    '{name} 不是合法名称',
    '无法查询 {name}：{flaw, select, labelTooLong {有一段超过 63 个字节} nameTooLong {整个名称超过 253 个字节} notAscii {C locale 下的 glibc 只接受 ASCII，请写成 xn-- 形式} other {有一段是空的}}。没有发出任何查询。',
    '不合法',
  ],
  'ask-outside': ['A? {name}', '笔记本向它的解析器查询 {name}。集群外不会加上搜索列表。', 'A?'],
  'found-outside': [
    '{name} 是 {address}',
    '在集群外可以查到 {name}：DNSEndpoint 说它是 {address}。',
    '{address}',
  ],
  'unknown-outside': [
    '没有 DNS 认识 {name}',
    '这台笔记本只认识 DNSEndpoint 里的名称。没有谁知道 {name} 是什么，所以没有数据包发出。改用地址并带上 Host 头就可以。',
    'NXDOMAIN',
  ],
} satisfies HopTexts
