/** The wires of a card in words, for those who do not see them. */
import { useText } from '../../i18n/use-text.ts'
import type { Card, Scene } from '../scene/scene.ts'
import { useStage } from '../stage-context.ts'

/** One sentence that names what the card leads to; none where it leads nowhere. */
export function useLeadsTo(id: string): readonly string[] {
  const text = useText()
  const { scene } = useStage()
  const names = namesAhead(scene, id)
  return names.length === 0 ? [] : [text('stage.leadsTo', { names: names.join(', ') })]
}

function namesAhead(scene: Scene, id: string): readonly string[] {
  return scene.wires
    .filter(({ from }) => from === id)
    .flatMap(({ to }) => scene.cards.filter((card) => card.id === to).map(nameOf))
}

function nameOf({ content }: Card): string {
  switch (content.kind) {
    case 'client':
    case 'stop':
      return content.name
    case 'service':
    case 'pod':
      return content.ref.name
    case 'ladder':
    case 'refusal':
    case 'fold':
      return ''
  }
}
