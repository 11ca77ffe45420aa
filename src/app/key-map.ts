/** Every key of the page, once: the handler obeys this table and the help prints it. */
import type { TextId } from '../i18n/en/catalogue.ts'
import type { AppState } from './app-state.ts'
import { currentRule } from './selectors.ts'

/** What a key can do that the store cannot. */
export interface PageDoings {
  readonly focusRequest: () => void
  readonly openHelp: () => void
}

export interface KeyBinding {
  /** `KeyboardEvent.key` values. */
  readonly keys: readonly string[]
  /** As printed on the key. */
  readonly shown: readonly string[]
  readonly does: TextId
  readonly act: (state: AppState, page: PageDoings) => void
}

export const KEY_MAP: readonly KeyBinding[] = [
  { keys: ['ArrowRight'], shown: ['→'], does: 'keys.forward', act: (state) => state.stepForward() },
  { keys: ['ArrowLeft'], shown: ['←'], does: 'keys.back', act: (state) => state.stepBack() },
  { keys: ['Home'], shown: ['Home'], does: 'keys.first', act: (state) => state.firstPressed() },
  { keys: ['End'], shown: ['End'], does: 'keys.last', act: (state) => state.lastPressed() },
  {
    keys: [' '],
    shown: ['space'],
    does: 'keys.play',
    act: (state) => (state.playing ? state.pausePressed() : state.playPressed()),
  },
  { keys: ['/'], shown: ['/'], does: 'keys.request', act: (_, page) => page.focusRequest() },
  {
    keys: ['g'],
    shown: ['g'],
    does: 'keys.rule',
    act: (state) => {
      const rule = currentRule(state)
      if (rule !== undefined) state.ruleShown(rule.id, rule.node)
    },
  },
  { keys: ['m', '.'], shown: ['m', '.'], does: 'keys.motion', act: (state) => state.motionToggled() },
  { keys: ['?'], shown: ['?'], does: 'keys.help', act: (_, page) => page.openHelp() },
]

/** The binding of a pressed key; none while a modifier is held, or where the key means something to what has the focus. */
export function bindingOf(event: KeyboardEvent): KeyBinding | undefined {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return undefined
  const binding = KEY_MAP.find(({ keys }) => keys.includes(event.key))
  return binding !== undefined && !belongsTo(event.target, event.key) ? binding : undefined
}

/** Whether the focused element takes this key itself: what is typed into takes all, what is pressed takes space, groups take arrows. */
function belongsTo(target: EventTarget | null, key: string): boolean {
  if (!(target instanceof Element)) return false
  if (target.closest('input, textarea, select, [contenteditable=true], dialog[open]') !== null) return true
  if (key === ' ') return target.closest('button, a, summary, [role=button], [role=tab]') !== null
  const moves = key.startsWith('Arrow') || key === 'Home' || key === 'End'
  return (
    moves &&
    target.closest('[role=tablist], [role=slider], [role=menu], [role=listbox], [role=grid]') !== null
  )
}
