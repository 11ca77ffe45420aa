import type { dock as en } from '../en/dock.ts'

/** Chinese texts of the dock. */
export const dock: Readonly<Record<keyof typeof en, string>> = {
  'dock.node': '节点',
  'dock.rules.filter': '筛选规则',
  'dock.rules.placeholder': 'KUBE-SVC nginx',
  'dock.rules.count': '{shown} / {total} 行',
  'dock.rules.total': '{total} 行',
  'dock.rules.none': '{node} 上没有包含“{filter}”的规则。',
  'dock.rules.clear': '清除筛选',
  'dock.rules.label': '{node} 的规则，与 iptables-save 的输出一致',
  'dock.rules.loading': '正在读取 {node} 的规则…',
  'dock.rules.hidden': '筛选隐藏了你要看的规则。',
  'dock.rules.mark.won': '这一步由它决定',
  'dock.rules.mark.tried': '这一步检查过',
  'dock.rules.mark.shown': '你要看的规则',
  'dock.copy': '复制',
  'dock.copied': '已复制',
  'dock.copyFailed': '浏览器不允许复制',
  'dock.conntrack.label': '{node} 的连接，与 conntrack -L 的输出一致',
  'dock.conntrack.none': '{node} 上还没有连接。请求的第一个数据包会建立一条。',
  'dock.conntrack.protocol': '协议',
  'dock.conntrack.timeout': '剩余秒数',
  'dock.conntrack.state': '状态',
  'dock.conntrack.original': '原方向',
  'dock.conntrack.reply': '应答方向',
  'dock.conntrack.flags': '标志',
}
