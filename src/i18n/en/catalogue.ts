/** All English texts. */
import { app } from './app.ts'
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

export const catalogue = {
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

/** The id of a text. */
export type TextId = keyof typeof catalogue
