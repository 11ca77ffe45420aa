import { expect, test } from 'vitest'
import { viewportOf } from './viewport-of.ts'

const free = { width: 400, height: 300 }
const card = (y: number) => ({ x: 0, y, width: 100, height: 40 })

test.each([
  { what: 'a scene that fits stands at full size', height: 300, focus: undefined, y: 10, zoom: 1 },
  { what: 'a low scene stands a little lower', height: 240, focus: undefined, y: 40, zoom: 1 },
  { what: 'a high scene is made smaller', height: 400, focus: card(380), y: 10, zoom: 0.75 },
  { what: 'a scene too high for that shows its top', height: 600, focus: card(0), y: 10, zoom: 0.7 },
  { what: 'and its end where the packet is there', height: 600, focus: card(560), y: -110, zoom: 0.7 },
])('$what', ({ height, focus, y, zoom }) => {
  expect(viewportOf({ width: 400, height }, free, 10, focus)).toMatchObject({ y, zoom })
})
