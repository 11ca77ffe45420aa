// @vitest-environment happy-dom
import { cleanup, screen, within } from '@testing-library/react'
import { afterEach, describe, expect, test } from 'vitest'
import { draw } from './draw-page.fixture.tsx'
import { HelpDialog } from './HelpDialog.tsx'
import { bindingOf, KEY_MAP } from './key-map.ts'

afterEach(cleanup)

function pressed(key: string, on: string, init: KeyboardEventInit = {}): string | undefined {
  document.body.innerHTML = on
  const event = new KeyboardEvent('keydown', { key, bubbles: true, ...init })
  let does: string | undefined
  const hear = (heard: KeyboardEvent) => {
    does = bindingOf(heard)?.does
  }
  document.addEventListener('keydown', hear)
  document.body.firstElementChild?.dispatchEvent(event)
  document.removeEventListener('keydown', hear)
  return does
}

describe('a key', () => {
  test.each([
    { key: 'ArrowRight', on: '<div></div>', does: 'keys.forward' },
    { key: ' ', on: '<div></div>', does: 'keys.play' },
    { key: '.', on: '<div></div>', does: 'keys.motion' },
    { key: 'g', on: '<button></button>', does: 'keys.rule' },
    { key: ' ', on: '<button></button>', does: undefined }, // presses the button
    { key: 'g', on: '<input>', does: undefined },
    { key: '/', on: '<div contenteditable="true"></div>', does: undefined },
    { key: 'ArrowLeft', on: '<div role="tablist"></div>', does: undefined },
    { key: 'End', on: '<div role="slider"></div>', does: undefined },
    { key: 'x', on: '<div></div>', does: undefined },
  ])('$key on $on does $does', ({ key, on, does }) => {
    expect(pressed(key, on)).toBe(does)
  })

  test('with Control held is the browser’s', () => {
    expect(pressed('g', '<div></div>', { ctrlKey: true })).toBeUndefined()
  })
})

test('the help prints every key of the map', async () => {
  await draw(<HelpDialog open onClose={() => undefined} />)
  const dialog = screen.getByRole('dialog', { name: 'Help' })
  for (const { shown } of KEY_MAP)
    for (const key of shown) expect(within(dialog).getByText(key)).toBeDefined()
})
