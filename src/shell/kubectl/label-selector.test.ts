import { describe, expect, test } from 'vitest'
import { readSelector } from './label-selector.ts'

const labels = { app: 'nginx', tier: 'web' }

describe('a label selector', () => {
  test.each([
    { text: '', fits: true },
    { text: 'app=nginx', fits: true },
    { text: 'app==nginx,tier=web', fits: true },
    { text: 'app!=nginx', fits: false },
    { text: 'other!=x', fits: true },
    { text: 'app', fits: true },
    { text: '!app', fits: false },
    { text: 'app in (nginx, web)', fits: true },
    { text: 'app notin (nginx),tier', fits: false },
    { text: 'toString', fits: false },
  ])('“$text” fits: $fits', ({ text, fits }) => {
    expect(readSelector(text)?.(labels)).toBe(fits)
  })

  test.each(['app in nginx', 'a=b=c', '='])('“%s” is none', (text) => {
    expect(readSelector(text)).toBeUndefined()
  })
})
