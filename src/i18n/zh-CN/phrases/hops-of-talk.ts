/** What two ends say to each other: TCP, UDP, SCTP, HTTP, ping: title, caption and label of each hop. */
import type { HopTexts } from '../../phrase-catalogue.ts'

export const talkHops = {
  'held-back': [
    '{node} 给 {peer} 的 {says} 已无余额',
    '本该发出 {says}，但 {node} 没有发：它的 ICMP 错误有配额，而{bucket, select, host {此刻能发的都已发完} other { {peer} 的那一份已经用完}}。客户端什么也听不到。',
    '未发出',
  ],
  'heard-refused': ['connect: Connection refused', '客户端收到 {from} 发来的 {says}：连接被拒绝。', '被拒绝'],
  'heard-by-sctp': [
    '{says} 不予理会',
    '客户端内核收到 {from} 的 {says}，但继续尝试：在 ICMP 错误中，只有“协议不可达”会终止正在建立的 SCTP 关联。INIT 会重发。',
    '不理会',
  ],
  'sctp-init-ack': [
    '{name} 回答 INIT ACK',
    '{name} 里有进程监听 SCTP 端口 {port}：它的内核用 INIT ACK 回答 INIT，其中带有 cookie，此时自己还不保存任何状态。',
    'INIT ACK',
  ],
  'sctp-associated': [
    '关联已建立',
    '客户端收到 {from} 的 {says}，把 cookie 送回（COOKIE ECHO），对端确认（COOKIE ACK）：关联建立。',
    '已建立',
  ],
  'sctp-abort': [
    '{name}：端口 {port} 无人监听',
    'INIT 到达 {name}，但那里没有进程监听 SCTP 端口 {port}：它自己的内核回答 ABORT。',
    'ABORT',
  ],
  'sctp-gave-up': ['没有回答：超时', '客户端内核把 INIT 重发了八次，{seconds} 秒后放弃。', '超时'],
  'sctp-shutdown': [
    'SHUTDOWN',
    '客户端结束关联：SHUTDOWN、SHUTDOWN ACK、SHUTDOWN COMPLETE。conntrack 还会把它保留几秒。',
    'SHUTDOWN',
  ],
  'heard-too-early': [
    '{says} 来得太早',
    '{from} 的 {says} 由同一个内核立即发出，到达时 connect(2) 还占着套接字。在 IPv6 下这样的错误会被丢弃（TcpExtLockDroppedIcmps），所以一秒后重发 SYN 之前，程序什么也听不到。',
    '太早',
  ],
  'heard-unreachable': [
    'connect: unreachable',
    '客户端收到 {from} 发来的 {says}：到不了这个地址。',
    '不可达',
  ],
  send: ['{says} → {dst}', '{name} 向 {dst} 发送 {says}。', '{says}'],
  'syn-ack': ['{name} 回答 SYN-ACK', '{name} 里有进程在监听端口 {port}：它的内核回答 SYN-ACK。', 'SYN-ACK'],
  connected: ['已连接', '握手完成。在客户端看来，对方就是 {from}。', '已连接'],
  'stray-answer': [
    '陌生来源的 {says}',
    '{sender} 从 {from} 直接回答 {name}。{name} 问的是 {asked}，只等那里的回答，于是它的内核拒收：回答绕过了改写请求的节点，没有谁把地址改回来。',
    '陌生来源',
  ],
  reset: [
    '{name}：端口 {port} 无人监听',
    '数据包到达了 {name}，但那里没有进程监听端口 {port}：它自己的内核回答 RST。',
    'RST',
  ],
  'reset-node-port': [
    '{address} 上没有节点端口',
    '{port} 是 {service} 的节点端口，但 kube-proxy 不在 {address} 上接收它。所以那里没有谁监听，{name} 的内核回答 RST。',
    'RST',
  ],
  'closed-port-node-port': [
    '{address} 上没有节点端口',
    '{port} 是 {service} 的节点端口，但 kube-proxy 不在 {address} 上接收它。所以那里没有谁监听，{name} 的内核回答 ICMP 端口不可达。',
    '端口不可达',
  ],
  'closed-port': [
    '{name}：端口 {port} 无人监听',
    '数据报到达了 {name}，但那里没有进程监听端口 {port}：它自己的内核回答 ICMP port unreachable。',
    '端口不可达',
  ],
  'asked-again': ['又问了 {count} 次', '解析器把同一个问题又问了 {count} 次，得到同样的结果。', '重问'],
  retransmit: ['{seconds} 秒后重发 {says}', '没有回答，客户端的内核再次发送 {says}。', '重发 {says}'],
  'gave-up': [
    '没有回答：超时',
    '客户端的内核在 1、3、7、15、31、63 秒后各重试一次，{seconds} 秒后放弃。',
    '超时',
  ],
  'data-lost': [
    '{says}：没有回答',
    '连接还在，但再也没有谁确认 {says}。客户端等待并重发，都是徒劳。',
    '超时',
  ],
  'answer-lost': [
    '{says}：等不到回答',
    '请求已送达并得到确认，但回答始终没有来。{seconds} 秒后客户端不再等待。',
    '超时',
  ],
  'gave-up-early': ['没有回答：超时', '{seconds} 秒后仍没有回答，程序不再等待。', '超时'],
  'client-gone': [
    '{name} 已经不在',
    '发出请求的 Pod 被删除，其中的程序也随之结束：再没有人等待回答。',
    '消失',
  ],
  close: ['FIN', '双方关闭连接。conntrack 还会以 TIME_WAIT 保留它两分钟。', 'FIN'],
  'udp-taken': [
    '{name} 在端口 {port} 收下',
    '{name} 里的套接字收下了数据报。它的程序会回答什么，不得而知。',
    '收下',
  ],
  'http-answer-annotation': [
    '{status} {reason}',
    '{pod} 按注解 podpath.dev/http 回答：{status} {reason}。',
    '{status} {reason}',
  ],
  'http-answer-image': [
    '{status} {reason}，{bytes} 字节',
    '{pod} 像镜像 {image} 那样回答：{status} {reason}。',
    '{status} {reason}',
  ],
  'http-answer-nothing': [
    '{status} {reason}，假定',
    '不知道镜像 {image} 会回答什么，假定是空的 {status}。可以用注解 podpath.dev/http 说明。',
    '{status} {reason}',
  ],
  'http-received': [
    '{status} {reason} 到达 {name}',
    '{name} 得到了回答：{status} {reason}，{bytes} 字节。',
    '{status}',
  ],
  'health-check': [
    '{status} {reason}：{count, plural, =0 {本节点没有就绪端点} other {本节点有 # 个就绪端点}}',
    '{node} 上的 kube-proxy 告诉负载均衡器 {service} 在本节点有没有就绪端点：{count, plural, =0 {一个也没有} other {有 # 个}}，所以回答 {status}。',
    '{status} {reason}',
  ],
  daemon: ['{node} 上的 {name}：未建模', '{name} 接受了连接。它会回答什么没有建模。', '?'],
  echo: ['echo request → {dst}', 'ping 发送 ICMP echo request。ICMP 没有端口。', 'echo request'],
  'echo-reply': ['{name} 回答', '{name} 的内核自己回答 echo request，不需要任何进程。', 'echo reply'],
  'echo-received': ['{from} 的回答，{ms} ms', '{ms} ms 后回答返回，TTL 为 {ttl}。', '已回答'],
  'no-echo': ['{address} 没有回答', '无人应答。ping 会打印 100% packet loss。', '没有回答'],
  'no-echo-service': [
    '{address} 没有回答',
    '无人应答，但什么都没坏：{name} 的每条规则都写着协议和端口，而 ICMP 两样都没有。ClusterIP 是一条规则，不是一台机器。',
    '没有回答',
  ],
} satisfies HopTexts
