/** Ingress controllers and Gateways: title, caption and label of each hop. */
import type { HopTexts } from '../../phrase-catalogue.ts'

export const edgeHops = {
  'ingress-proxy': [
    'server {server}，{location} → {upstream}',
    '控制器先取完全相同的主机名，再取最长前缀。它把请求直接发给 {pod} 自己的地址 {endpoint}：这一段没有 ClusterIP。',
    'location',
  ],
  'ingress-next': [
    '没有回答：换 {pod}',
    '先选的 Pod 没有回答，nginx 再问一次自己的均衡器（proxy_next_upstream）：接着是 {endpoint} 的 {pod}。',
    '下一个',
  ],
  'ingress-not-modelled': [
    '未建模',
    '这个 Ingress 用到了 Podpath 没有建模的功能，所以请求去哪里不得而知。',
    '?',
  ],
  'ingress-refused-config': [
    'nginx 拒绝这份配置',
    '这些 Ingress 合在一起得到的配置 nginx 不接受。在改好之前，它沿用之前的配置，端点也不再更新；这个请求去哪里，这里不得而知。',
    '?',
  ],
  'ingress-body-too-large': [
    '{status}：请求体太大',
    '请求体超过了 client_max_body_size（proxy-body-size）。控制器自己回答 {status} {reason} 并关闭连接，没有问任何 Pod。',
    '{status}',
  ],
  'ingress-gave-up': [
    '{status} {reason}：没有端点应答',
    'nginx 试了 {upstream} 的 {tries} 个端点，{status, select, 504 {没有一个按时应答} other {没有一个接受连接}}。控制器自己回答 {status} {reason}；应用没有说话。',
    '{status}',
  ],
  'ingress-bad-host': ['{status}：Host 头有误', 'nginx 拒绝这个 Host 头，自己回答 {status}。', '{status}'],
  'ingress-bad-target': ['{status}：请求行有误', 'nginx 读不懂路径，自己回答 {status}。', '{status}'],
  'ingress-no-ingress': [
    '{status}：没有 Ingress 使用这个主机名',
    '没有 Ingress 写着这个主机名，于是由 server “_” 接收，它背后只有控制器自己的 {status} {reason}。没有询问任何 Pod。',
    '{status}',
  ],
  'ingress-no-path': [
    '{status}：没有 Ingress 匹配这个路径',
    '有 Ingress 使用这个主机名，但没有路径匹配。控制器自己回答 {status} {reason}。',
    '{status}',
  ],
  'ingress-no-peer': [
    '{status}：所有成员都失败了',
    '上游的每个成员都未能完成这个请求，因此控制器自己回答 {status} {reason}。',
    '{status}',
  ],
  'ingress-no-endpoints': [
    '{status}：背后没有谁',
    '{empty, select, noService {没有 Service {service}} noSuchPort {Service {service} 没有端口 {port}} externalNameRefused {nginx 不接受 Service {service} 的外部名称} other {{total, plural, =0 {Service {service} 没有端点} other {Service {service} 的 {total} 个端点都没有就绪}}}}：upstream {upstream} 是空的。控制器自己回答 {status} {reason}，没有问任何 Pod。',
    '{status}',
  ],
  'ingress-redirect-https': [
    '{status}：转到 https',
    '这个主机启用了 TLS，所以普通 http 得到转向 https 的重定向。',
    '{status}',
  ],
  'ingress-redirect-slash': [
    '{status}：少一个斜杠',
    '只有带结尾斜杠的路径才有 location：nginx 重定向过去。',
    '{status}',
  ],
  'ingress-redirect-annotation': ['{status}：重定向', 'Ingress 的注解重定向了这个路径。', '{status}'],
  'ingress-redirect-www': [
    '{status}：转到另一个名称',
    'Ingress 的注解在带 www 和不带 www 的名称之间重定向。',
    '{status}',
  ],
  'ingress-app-root': ['{status}：app root', 'Ingress 的注解把根路径指向别处。', '{status}'],
  'ingress-regex-too-costly': [
    '{status}：模式代价太大',
    '这个模式超出了 PCRE2 允许的步数；nginx 回答 {status}。',
    '{status}',
  ],
  'ingress-healthz': ['{status}：控制器健康检查', '控制器回答它自己的健康检查。', '{status}'],
  'ingress-nginx-status': ['{status}：控制器状态', '控制器用自己的状态页回答。', '{status}'],
  'gateway-proxy': [
    'listener {listener}，{rule} → {backend}',
    '先取主机名最贴近的 listener，再取优先级最高的 match。请求直接发往 {pod} 自己的地址：这一段没有 ClusterIP。',
    '规则',
  ],
  'gateway-not-modelled': [
    '未建模',
    '这个 Route 或 listener 用到了 Podpath 没有建模的功能，所以请求去哪里不得而知。',
    '?',
  ],
  'gateway-no-certificate': [
    '{pod} 关闭连接：没有 {name} 的 listener',
    'Gateway 没有 https listener 接收 ClientHello 里的名称，代理没有证书可出示，于是关闭连接。',
    '已关闭',
  ],
  'gateway-no-listener': [
    '{status}：没有 listener 接收这个主机名',
    'Gateway 在这个端口上没有 listener 接收这个主机名。Gateway 的代理自己回答 {status} {reason}，没有询问任何 Pod。',
    '{status}',
  ],
  'gateway-no-route': [
    '{status}：没有规则匹配',
    'listener {listener} 接收这个主机名，但挂在它上面的 Route 没有一条规则匹配。Gateway 的代理自己回答 {status} {reason}。',
    '{status}',
  ],
  'gateway-misdirected': [
    '{status}：属于另一个 listener 的主机名',
    'TLS 握手写的是一个 listener 的主机名，Host 头写的是另一个的。Gateway 的代理自己回答 {status} {reason}。',
    '{status}',
  ],
  'gateway-redirect': [
    '{status}：转到 {url}',
    '规则 {rule} 的过滤器让客户端去别处：{url}。没有询问任何 Pod。',
    '{status}',
  ],
  'gateway-no-backend': [
    '{status}：规则没有后端',
    '规则 {rule} 没有带权重的 backendRefs。Gateway 的代理自己回答 {status} {reason}。',
    '{status}',
  ],
  'gateway-unresolved-backend': [
    '{status}：{backend} 无法解析',
    '后端 {backend} 不存在、种类不能用，或者所在的命名空间没有 ReferenceGrant 允许。Gateway 的代理自己回答 {status} {reason}。',
    '{status}',
  ],
  'gateway-no-endpoints': [
    '{status}：{backend} 背后没有谁',
    'Service {backend} 没有就绪的端点。Gateway 的代理自己回答 {status} {reason}。',
    '{status}',
  ],
} satisfies HopTexts
