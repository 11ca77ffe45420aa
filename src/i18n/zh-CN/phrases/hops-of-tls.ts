/** TLS handshakes: title, caption and label of each hop. */
import type { HopTexts } from '../../phrase-catalogue.ts'

export const tlsHops = {
  tls: [
    '{name} 的 TLS：未建模',
    '连接已建立。清单没有说明这个程序是否使用 TLS、用哪张证书，所以结果不得而知。',
    'TLS',
  ],
  'tls-secret': ['{pod} 出示 {secret} 的证书', '服务器出示来自 Secret {secret} 的证书。', '证书'],
  'tls-fake': [
    '{pod} 出示自己的假证书',
    '没有 Secret 为这个名称提供证书，控制器只好出示它启动时自己生成的那一张。',
    '假证书',
  ],
  'tls-application': [
    '{pod} 出示自己的证书',
    'Pod 没有挂载 Secret：假定程序使用自己生成的证书。',
    '自有证书',
  ],
  'tls-verified': [
    '{client} 信任这张证书',
    '签发者受 {client} 信任，证书在有效期内，并且对 {name} 有效。握手完成，随后的 HTTP 都是加密的。',
    '已验证',
  ],
  'tls-unverified': [
    '{client} 未经验证就接受证书',
    '没有人为这张证书担保，但 {client} 被要求不作检查。随后的内容是加密的，只是不知道对方是谁。',
    '未验证',
  ],
  'tls-refused': [
    '{client} 拒绝证书：{why}',
    '{client} 不信任这张证书：{why}。它发出警报并断开连接；请求没有发出。',
    '拒绝',
  ],
  'tls-name-differs': [
    '{client} 拒绝证书：不是给 {name} 的',
    '证书本身可信，但其中没有 {name} 这个名称。客户端断开连接；请求没有发出。',
    '名称不符',
  ],
  'tls-unjudged': [
    '无法判断这张证书',
    '它由 {algorithm} 签名，这种算法没有建模，所以不知道 {client} 是否会信任它。',
    '无法判断',
  ],
  'tls-to-plain': [
    '{pod} 的端口 {port} 使用明文 HTTP',
    '程序把 ClientHello 当成无法读懂的请求，用明文 HTTP 回答 400。',
    '不是 TLS',
  ],
  'tls-wrong-version': [
    '收到的不是 TLS',
    '客户端等待 ServerHello；明文 HTTP 在它看来像是版本错误。这里应当用 http://。',
    '版本错误',
  ],
  'plain-to-tls': [
    '{status}：TLS 端口上的明文 HTTP',
    '{name} 在这里等待 ClientHello。无论主机和路径，明文请求都立即得到 {status}。',
    '{status}',
  ],
} satisfies HopTexts
