/** Theme, language, the request and the URLs sent: what a page remembers of a person's choices, in this browser only. */
import type { AppState, RequestDraft } from './app-state.ts'
import type { KeptStorage } from './kept-storage.ts'

/** The key that `index.html` reads before the first paint. */
const CHOICES = 'podpath.choices'
const ASKED = 'podpath.asked'

/** What holds in every scenario. */
export type KeptChoices = Pick<AppState, 'theme' | 'language' | 'boardOpen' | 'motionOff' | 'speed'>
/** What a person asked in one scenario. */
type KeptAsked = Pick<AppState, 'request' | 'urlHistory'>

/** The choices of a state, alone. */
export function choicesOf(state: KeptChoices): KeptChoices {
  const { theme, language, boardOpen, motionOff, speed } = state
  return { theme, language, boardOpen, motionOff, speed }
}

/** What is kept; a part that is missing or of the wrong shape is left out. */
export function readChoices(storage: KeptStorage): Partial<KeptChoices> {
  const kept = parsed(storage.read(CHOICES))
  return {
    ...(isOneOf(kept.theme, ['system', 'light', 'dark']) && { theme: kept.theme }),
    ...(isOneOf(kept.language, ['en', 'zh-CN']) && { language: kept.language }),
    ...(typeof kept.boardOpen === 'boolean' && { boardOpen: kept.boardOpen }),
    ...(typeof kept.motionOff === 'boolean' && { motionOff: kept.motionOff }),
    ...(isOneOf(kept.speed, [0.25, 0.5, 1, 2, 4]) && { speed: kept.speed }),
  }
}

/** What was asked, from the scenario's own storage; once it stood among the choices. */
export function readAsked(storage: KeptStorage): Partial<KeptAsked> {
  const kept = parsed(storage.read(ASKED) ?? storage.read(CHOICES))
  const request = draftIn(kept.request)
  return {
    ...(request !== undefined && { request }),
    ...(Array.isArray(kept.urlHistory) && { urlHistory: kept.urlHistory.filter(isText).slice(0, 20) }),
  }
}

/** Keeps the choices of a state. */
export function keepChoices(storage: KeptStorage, state: KeptChoices): void {
  storage.write(CHOICES, JSON.stringify(choicesOf(state)))
}

/** Keeps what was asked, in the scenario's own storage. */
export function keepAsked(storage: KeptStorage, { request, urlHistory }: KeptAsked): void {
  storage.write(ASKED, JSON.stringify({ request, urlHistory }))
}

function draftIn(value: unknown): RequestDraft | undefined {
  if (!isRecord(value)) return undefined
  const { from, url, method, headersText, body, sni, seed, faults } = value
  const texts = [from, url, method, headersText, body, sni]
  if (!texts.every(isText) || typeof seed !== 'number' || !Number.isInteger(seed)) return undefined
  return {
    from: String(from),
    url: String(url),
    method: String(method),
    headersText: String(headersText),
    body: String(body),
    sni: String(sni),
    seed,
    faults: Array.isArray(faults) && faults.includes('conntrack-race') ? ['conntrack-race'] : [],
  }
}

function parsed(text: string | undefined): Readonly<Record<string, unknown>> {
  if (text === undefined) return {}
  try {
    const value: unknown = JSON.parse(text)
    return isRecord(value) ? value : {}
  } catch {
    return {} // somebody else's text under our key
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}

function isText(value: unknown): value is string {
  return typeof value === 'string'
}

function isOneOf<const T>(value: unknown, allowed: readonly T[]): value is T {
  return allowed.some((one) => one === value)
}
