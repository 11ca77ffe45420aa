/** All Chinese texts. A text that is missing does not compile. */
import type { TextId } from '../en/catalogue.ts'
import { app } from './app.ts'
import { diagnostics, hints } from './diagnostics.ts'
import { compare } from './compare.ts'
import { dock } from './dock.ts'
import { editor } from './editor.ts'
import { inspector } from './inspector.ts'
import { paste } from './paste.ts'
import { request } from './request.ts'
import { routes } from './routes.ts'
import { sim } from './sim.ts'
import { size } from './size.ts'
import { sources } from './sources.ts'
import { stage } from './stage.ts'
import { timeline } from './timeline.ts'
import { truth } from './truth.ts'

const texts: Readonly<Record<TextId, string>> = {
  ...app,
  ...compare,
  ...dock,
  ...editor,
  ...inspector,
  ...paste,
  ...request,
  ...routes,
  ...sim,
  ...size,
  ...sources,
  ...stage,
  ...timeline,
  ...truth,
}

export const catalogue: Readonly<Record<string, string>> = {
  ...texts,
  ...Object.fromEntries(Object.entries(diagnostics).map(([code, text]) => [`diagnostic.${code}`, text])),
  ...Object.fromEntries(Object.entries(hints).map(([code, text]) => [`hint.${code}`, text])),
}
