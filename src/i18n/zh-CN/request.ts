import type { request as en } from '../en/request.ts'

/** Chinese texts of the request bar. */
export const request: Readonly<Record<keyof typeof en, string>> = {
  'request.label': '请求',
  'request.from': '来自',
  'request.from.pod': 'Pod',
  'request.from.node': '节点',
  'request.from.outside': '集群外',
  'request.method': '方法',
  'request.url': '请求目标',
  'request.url.example': 'http://nginx/ · ping nginx · dig nginx',
  'request.details': '请求头、正文、种子、故障',
  'request.headers': '请求头，每行一个',
  'request.headers.example': 'Host: web01',
  'request.body': '正文',
  'request.sni': 'TLS 服务器名称',
  'request.sni.example': 'URL 中的主机名',
  'request.fault.race': '故障：A 与 AAAA 在 conntrack 中竞争',
  'request.fault.race.meaning':
    '一次查询的两个问题在两个 CPU 上相遇，如 5.6 之前的内核：其中一个可能丢失，解析器只能等待。',
  'request.seed': '种子',
  'request.seed.meaning': '每次抽取都由它决定：种子相同，选中的 Pod 也相同。',
  'request.reroll': '换一个种子',
  'request.send': '发送',
  'request.again': '重新发送',
  'request.busy': '模拟器正在计算',
  'request.problem.empty': '写下要请求的内容，例如 http://nginx/。',
  'request.problem.header': '第 {line} 行请求头不是“名称: 值”的格式：{text}',
  'request.problem.simulator': '模拟器处理此请求时出错；这是 Podpath 的问题。{detail}',
}
