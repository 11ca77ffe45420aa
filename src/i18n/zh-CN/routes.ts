/** Chinese texts of the dialog that shows Ingresses as HTTPRoutes. */
import type { routes as english } from '../en/routes.ts'

export const routes: Readonly<Record<keyof typeof english, string>> = {
  'routes.title': '把本集群的 Ingress 写成 HTTPRoute',
  'routes.retired':
    'ingress-nginx 已退役：2025 年 11 月 11 日宣布，2026 年 3 月 19 日是最后一批版本，此后不再修复任何问题，包括安全问题。已部署的会继续运行。Ingress API 本身保留（v1，冻结）。Kubernetes 建议的下一步是 Gateway API。',
  'routes.waiting': '正在写清单，并询问两个路由器…',
  'routes.none': '这里没有 ingress-nginx 会接管的 Ingress。',
  'routes.manifests': '清单，按 ingress2gateway 的映射',
  'routes.take': '打开为标签页',
  'routes.class':
    'GatewayClass 写明由谁实现 Gateway，正如 IngressClass。标签页在这些清单之前带有一个，由本集群的控制器实现。现在什么都没有应用。',
  'routes.differences': '哪些回答会不同',
  'routes.same': '在所有问过的请求上，两个路由器的回答都相同。',
  'routes.kind.differs': '回答不同',
  'routes.kind.not-converted': '没有带过来',
  'routes.kind.written-out': '保持不变，因为清单写出了 nginx 自动做的事',
  'routes.example': '请求',
  'routes.byIngress': 'ingress-nginx',
  'routes.byGateway': '这个 HTTPRoute',
  'routes.byPlain': '普通的 HTTPRoute',
  'routes.answer.no-listener': '那个端口无人监听',
  'routes.answer.no-certificate': '握手失败：没有 listener 有这个名称',
  'routes.answer.not-modelled': '未建模',
  'routes.topic.regex-letter-case':
    '{about} 把这个主机的每个路径都变成正则表达式，不分大小写。HTTPRoute 的路径区分大小写。',
  'routes.topic.regex-prefix':
    '{about} 产生末尾开放的正则表达式：更长的词也匹配。PathPrefix 按完整的路径段匹配。',
  'routes.topic.regex-exact': '有 {about} 时，这个主机的 Exact 路径不再精确。',
  'routes.topic.regex-order': '{about} 让整个主机进入正则模式：表达式文本更长的在前。',
  'routes.topic.rewrite': 'Pod 得到的路径由 {about} 改写；路径修饰只能替换前缀或整个路径。',
  'routes.topic.rewrite-groups': 'rewrite-target {about} 带上路径的一部分。路径修饰做不到，所以没有写出。',
  'routes.topic.slash-redirect': '只差 {about} 末尾的斜杠时，nginx 回答 301。',
  'routes.topic.tls-redirect':
    '{about} 有 TLS，所以 nginx 用 308 把 http 转到 https。Gateway 只在规则写明时才这样做。',
  'routes.topic.redirect': '重定向：{about}。',
  'routes.topic.wildcard-labels': '{about}：“*” 在 Ingress 里代表一个标签，在 HTTPRoute 里代表一个或多个。',
  'routes.topic.https-without-tls':
    '{about} 没有 tls 一节：nginx 仍用自己的证书为它提供 https。Gateway 没有它的 https listener。',
  'routes.topic.certificate':
    '{about}：即使 Secret 不存在或不可用，nginx 也用自己的证书提供 https。没有证书的 listener 不会就绪。',
  'routes.topic.backend-unresolved':
    '{about}：没有这个 Service，或没有这个端口号。nginx 回答 503，或按 targetPort 找到端口；HTTPRoute 回答 500。',
  'routes.topic.merged-by-age':
    '{about}：同一主机的多个 Ingress 由 nginx 按创建时间合并；Route 按主机名和路径排序。',
  'routes.topic.annotation': '{about} 在 Gateway API 的标准频道里没有对应。',
  'routes.topic.resource-backend': '{about} 指向 resource 后端，nginx 也跳过它。',
  'routes.topic.one-address-each':
    'ingress-nginx 为所有命名空间只有一个地址；这里是 {about} 个 Gateway，各有自己的地址。',
  'routes.topic.other': '{about} 的回答不同。',
}
