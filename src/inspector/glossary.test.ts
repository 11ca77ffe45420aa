import { describe, expect, test } from 'vitest'
import { glossaryPieces } from './glossary.ts'

/** `[word→term]` where the glossary explains a word. */
function drawn(sentence: string): string {
  return glossaryPieces(sentence)
    .map((piece) =>
      piece.term === undefined ? piece.text : `[${piece.text}→${piece.term.replace('glossary.', '')}]`,
    )
    .join('')
}

describe('a sentence', () => {
  test.each([
    { sentence: 'nat PREROUTING', is: 'nat [PREROUTING→prerouting]' },
    {
      sentence: 'reply: source is the ClusterIP again',
      is: 'reply: source is the [ClusterIP→clusterip] again',
    },
    { sentence: 'DNAT, then DNAT', is: '[DNAT→dnat], then DNAT' },
    { sentence: 'KUBE-FORWARD and my-selector', is: 'KUBE-FORWARD and my-selector' },
    { sentence: 'no NAT here', is: 'no NAT here' },
    { sentence: 'Conntrack · host01', is: '[Conntrack→conntrack] · host01' },
    { sentence: '连接跟踪把 Service 的地址换回来', is: '[连接跟踪→conntrack]把 Service 的地址换回来' },
  ])('"$sentence" explains $is', ({ sentence, is }) => {
    expect(drawn(sentence)).toBe(is)
  })
})
