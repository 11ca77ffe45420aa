/** The way between hosts: interfaces, routes, tunnels, routers, and where it ends: title, caption and label of each hop. */
import type { HopTexts } from '../../phrase-catalogue.ts'

export const wayHops = {
  enter: ['经 {device} 进入 {node}', '{says} 离开发送方，从 {device} 进入 {node}。', '进入 {node}'],
  'enter-vip': [
    '{dst} 在 {node} 上',
    '{dst} 是一个浮动地址，现在由 {node} 持有，所以数据包由 {node} 接收。',
    'VIP {node}',
  ],
  'enter-balancer': [
    '{node} 应答 {dst}',
    '{dst} 不在任何接口上：它由 MetalLB 分给 Service。{node} 上的 speaker 为它应答 ARP，所以数据包由 {node} 接收，规则认得这个地址。',
    'MetalLB {node}',
  ],
  cross: ['{node} 从 {from} 收到', '{says} 穿过了局域网。这里已经没有规则需要改写它。', '{node}'],
  encapsulate: [
    '{device} 为 {peer} 封装',
    '{dst} 在隧道的另一头：{device} 把数据包原样放进 {node} 自己的一个 UDP 数据包，从 {local} 到 {remote}，端口 {port}。',
    'VXLAN',
  ],
  'cross-router': [
    '路由器转发外层数据包',
    '路由器只看外层报头：从 {src} 到 {dst}，这两个网络它都认识。Pod 的地址在里面。',
    '路由器',
  ],
  decapsulate: [
    '{node} 解封装',
    '外层数据包是给 {node} 的 UDP 端口 {port} 的。隧道到此为止：{says} 从 {device} 出来，和在 {from} 进去时一样。',
    '解封装',
  ],
  'route-default': [
    '路由：默认，经 {via}',
    '{node} 的路由表里没有 {dst}，所以走默认路由：经 {via} 离开集群。',
    '默认路由',
  ],
  'route-dummy': [
    '路由：{dst} 在 {device} 上',
    '{node} 的 {device} 拥有所有 Service 的地址，所以数据包是给节点自己的：它进入 INPUT。',
    '路由',
  ],
  'route-outer': [
    '外层数据包的路由：{device}',
    '外层数据包是 {node} 自己的，和其他数据包一样有一条路由：经 {via} 到 {dst}。',
    '外层路由',
  ],
  'route-direct': ['路由：{device}', '{dst} 就在这个节点上：路由指向它的 veth {device}。', '路由'],
  'route-via': [
    '路由：经 {via}，{device}',
    '{dst} 属于另一个节点的地址块：路由经 {device} 指向 {via}。',
    '路由',
  ],
  blackhole: [
    '黑洞：没有谁持有 {dst}',
    '这个地址在 {node} 自己的地址块里，但现在没有 Pod 使用它。黑洞路由悄悄吞掉了数据包。',
    '黑洞',
  ],
  'no-route': ['没有到 {dst} 的路由', '{node} 没有到 {dst} 的路由，并会说明这一点。', '无路由'],
  'lost-at-router': [
    '在路由器处丢失',
    '局域网的路由器收到发往 {dst} 的数据包，可没有哪个网络有这个地址。它不作声：发送方只能等。',
    '无人',
  ],
  'lost-at-router-pod': [
    '在路由器处丢失',
    '发往 {dst} 的数据包没有隧道包裹就到了路由器。路由器认识节点的子网，不认识 Pod 的，也不作声：发送方只能等。',
    '无人',
  ],
  'refused-by-router': [
    '路由器不知道怎么走',
    '局域网的路由器收到发往 {dst} 的数据包，可没有哪个网络有这个地址。它如实相告：向 {src} 回 ICMP net unreachable。',
    '不可达',
  ],
  'refused-by-router-pod': [
    '路由器不知道怎么走',
    '发往 {dst} 的数据包没有隧道包裹就到了路由器。路由器认识节点的子网，不认识 Pod 的，并如实相告：向 {src} 回 ICMP net unreachable。',
    '不可达',
  ],
  'error-lost': [
    '回答也丢了',
    '路由器的回答要发给 {dst}，可这个地址它也不认识。所以谁也听不到，发送方只能等。',
    '丢失',
  ],
  'no-neighbour': ['局域网里没有 {nextHop}', '{node} 在局域网里询问 {nextHop}，无人应答。', '无邻居'],
  'not-announced': [
    '没有谁应答 {nextHop}',
    '{nextHop} 属于地址池 {pool}，但没有节点可以为它应答 ARP。{node} 在局域网里询问，无人应答。',
    '未通告',
  ],
  'not-announced-endpoint': [
    '没有谁应答 {nextHop}',
    '这个 Service 没有提供服务的端点，所以 MetalLB 不从任何节点通告 {nextHop}。{node} 在局域网里询问，无人应答。',
    '未通告',
  ],
  'not-forwarding': ['{node} 不转发', '数据包不是给 {node} 的，而 {node} 不转发任何数据包。', '丢弃'],
  'not-modelled': [
    '{rule}：未建模',
    '规则 {rule} 用到了“{text}”，Podpath 不计算它。内核在这里会怎么做，不得而知。',
    '?',
  ],
  gone: ['{node} 已经不在', '数据包在路上时 Pod 被删除，它的网络也随之消失。', '消失'],
  'overlay-not-modelled': [
    '覆盖网络未建模',
    '{dst} 所在的节点要经过隧道（{text}）。Podpath 没有建模这种覆盖网络，所以数据包的结果不得而知。',
    '?',
  ],
  'pod-rules-not-modelled': [
    'Pod 自己的规则',
    '初始化容器 {text} 在这个 Pod 自己的网络命名空间里写规则，就像服务网格把流量引到边车那样。Podpath 不知道这些规则，所以数据包的结果不得而知。',
    '?',
  ],
  'plugin-not-modelled': [
    '去另一个子网的路不得而知',
    '{dst} 在另一个子网的节点上，没有 IPPool 说明数据包怎么过去。数据包的结果不得而知。',
    '?',
  ],
  'balancer-not-modelled': [
    '{dst}：未建模',
    '{dst} 属于节点局域网上的 MetalLB 之外的负载均衡器。它如何选择节点、是否询问健康检查节点端口，未建模。',
    '?',
  ],
  'cut-off': [
    '{node} 已断开',
    '谁也收不到 {node} 的消息（Ready 为 Unknown）：这里视为它已离开局域网，所以没有数据包能离开它。',
    '断开',
  ],
  'neighbour-cut-off': [
    '{lost} 已断开',
    '{node} 在局域网里询问 {nextHop}。它属于 {lost}，谁也收不到它的消息（Ready 为 Unknown），所以无人应答。',
    '断开',
  ],
  'link-gone': [
    '{dst} 已经不在',
    '数据包在路上时 Pod 被删除：{node} 上通向它的接口没有了，数据包也随之消失。',
    '消失',
  ],
  'not-sent': [
    '{error}',
    '{host} 的内核没有通往 {dst} 的路，发送立即失败：{error}。没有数据包发出。',
    '{error}',
  ],
  'not-permitted': [
    '{error}',
    '数据包在离开 {host} 自己时就被丢弃，程序的发送立即失败：{error}。',
    '{error}',
  ],
} satisfies HopTexts
