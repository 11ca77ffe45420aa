/**
 * Pictures of both journeys: at rest, in the middle of a draw, with a rewritten packet on its way, and at the end; two sizes, two
 * themes, two languages, into `shots/`. One of them is the README's. The page's clock stands still, so that a picture of a moment is
 * of that very moment.
 */
import { expect, test, type Page } from '@playwright/test'
import { catalogue as english } from '../src/i18n/en/catalogue.ts'
import { catalogue as chinese } from '../src/i18n/zh-CN/catalogue.ts'
import { scheduleOf } from '../src/playback/schedule.ts'
import { scenarioState } from '../src/scenarios/scenario-state.ts'
import { chapter9 } from '../src/scenarios/chapter-9/chapter-9.ts'
import { nginxIngress } from '../src/scenarios/chapter-9/nginx-ingress.ts'
import { createLab } from '../src/sim/lab.ts'
import { parseFile } from '../src/sim/manifest/parse-file.ts'
import type { HopName } from '../src/sim/phrase-ids.ts'

const journeys = {
  service: { from: 'pod/default/pod', url: 'http://nginx/', headersText: '', decision: 'choose' },
  ingress: {
    from: 'laptop',
    url: 'http://192.168.61.10/',
    headersText: 'Host: web01',
    decision: 'ingress-proxy',
  },
} as const satisfies Readonly<
  Record<string, { readonly decision: HopName } & Readonly<Record<string, string>>>
>
type JourneyName = keyof typeof journeys

const sizes = { desktop: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } } as const
const languages = { en: english, 'zh-CN': chinese } as const
type Language = keyof typeof languages

/** Cards that glide to their places have arrived. */
const still = { animations: 'disabled' } as const
const seed = seedThatLosesTwice()

for (const journey of ['service', 'ingress'] as const)
  for (const [size, viewport] of Object.entries(sizes))
    for (const theme of ['light', 'dark'] as const)
      for (const language of ['en', 'zh-CN'] as const) {
        const name = `${journey} ${size} ${theme} ${language}`
        test.describe(name, () => {
          test.use({ viewport, colorScheme: theme })
          test(`is drawn: ${name}`, async ({ page }) => {
            const shoot = (moment: string) =>
              page.screenshot({ ...still, path: `shots/${name.replaceAll(' ', '-')}-${moment}.png` })
            await openAt(page, journey, language)
            await shoot('1-rest')
            await send(page, language)
            const { decision, flight } = momentsOf(journey)
            await showMoment(page, decision)
            await shoot('2-decision')
            await showMoment(page, flight)
            await shoot('3-flight')
            if (name === 'service desktop light en')
              await page.screenshot({ ...still, path: 'public/screenshot.png' })
            await page.keyboard.press('End')
            await shoot('4-end')
          })
        })
      }

/** A moment of the playback: a step, and how far into it. */
interface Moment {
  readonly step: number
  readonly intoMs: number
}

/** The decision half made, and the packet half-way on the first leg after its destination was rewritten. */
function momentsOf(name: JourneyName): { readonly decision: Moment; readonly flight: Moment } {
  const journey = journeys[name]
  const lab = createLab(scenarioState(chapter9))
  if (name === 'ingress') lab.apply(parseFile('nginx-ingress.yaml', nginxIngress), nginxIngress)
  const headers = name === 'ingress' ? ([['Host', 'web01']] as const) : []
  const trace = lab.send({
    from: journey.from,
    url: journey.url,
    method: 'GET',
    headers,
    seed,
  })
  const { steps } = scheduleOf(trace)
  const decided = trace.hops.findIndex((hop) => hop.title.id === `hop.${journey.decision}.title`)
  const rewritten = trace.hops.findIndex(
    (hop) => hop.title.id === 'hop.dnat.title' && hop.after.protocol === 'tcp',
  )
  const moving = steps.findIndex((step, index) => index > rewritten && step.decideMs > step.startMs)
  const [decision, flight] = [steps[decided], steps[moving]]
  if (decision === undefined || flight === undefined) throw new Error(`${name} has no such moment`)
  return {
    decision: {
      step: decided,
      intoMs: (decision.decideMs + decision.endMs) / 2 - decision.startMs,
    },
    flight: { step: moving, intoMs: (flight.decideMs - flight.startMs) / 2 },
  }
}

/** A draw that loses twice and then wins shows more than one that wins at once. */
function seedThatLosesTwice(): number {
  const { from, url, decision } = journeys.service
  const asked = { from, url, method: 'GET', headers: [] }
  const opened = scenarioState(chapter9)
  const seeds = Array.from({ length: 100 }, (_, index) => index)
  const found = seeds.find((candidate) => {
    const { hops } = createLab(opened).send({ ...asked, seed: candidate })
    const draw = hops.find((hop) => hop.title.id === `hop.${decision}.title`)
    return draw?.title.values['count'] === 2
  })
  return found ?? chapter9.seed
}

/** Opens the page as somebody finds it who chose this request and this language before; the clock stands still. */
async function openAt(page: Page, name: JourneyName, language: Language): Promise<void> {
  const { from, url, headersText } = journeys[name]
  const request = { from, url, headersText, method: 'GET', body: '', sni: '', seed }
  const deeds = name === 'ingress' ? [{ kind: 'apply', file: 'nginx-ingress.yaml', text: nginxIngress }] : []
  await page.clock.install()
  await page.addInitScript(
    ([choices, done]) => {
      localStorage.setItem('podpath.choices', choices)
      localStorage.setItem('podpath.deeds', done)
    },
    [JSON.stringify({ theme: 'system', language, request }), JSON.stringify(deeds)] as const,
  )
  await page.goto('./')
  await expect(sendButton(page, language)).toBeVisible()
  await page.evaluate(() => document.fonts.ready.then(() => undefined))
  await page.clock.pauseAt(Date.now() + 3_600_000)
}

async function send(page: Page, language: Language): Promise<void> {
  await sendButton(page, language).click()
  // Away from what would open under the pointer.
  await page.mouse.move(0, 0)
  await expect(page.getByText(/^\D+1\D+\d+/).first()).toBeVisible()
  if (page.viewportSize()?.width !== sizes.phone.width) await waitForEditor(page)
}

/** The editor comes in an idle moment, and measures itself in the frames after that. A phone has it behind a tab. */
async function waitForEditor(page: Page): Promise<void> {
  const editor = page.getByRole('textbox', { name: 'nginx-service.yaml' })
  await expect(async () => {
    await page.clock.runFor(100)
    expect(await editor.isVisible()).toBe(true)
  }).toPass()
  await page.clock.runFor(100)
}

function sendButton(page: Page, language: Language) {
  return page.getByRole('button', { name: languages[language]['request.send'] ?? '', exact: true })
}

/** Steps there by keyboard and stops on the way into the last of the steps. */
async function showMoment(page: Page, { step, intoMs }: Moment): Promise<void> {
  await page.keyboard.press('Home')
  for (let at = 0; at < step; at += 1) await page.keyboard.press('ArrowRight')
  await page.clock.runFor(intoMs)
}
