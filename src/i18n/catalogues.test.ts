import { compileMessage } from '@lingui/message-utils/compileMessage'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { catalogue as english } from './en/catalogue.ts'
import { catalogue as chinese } from './zh-CN/catalogue.ts'

afterEach(() => vi.restoreAllMocks())

describe('every text', () => {
  test.each([
    { language: 'English', catalogue: english },
    { language: 'Chinese', catalogue: chinese },
  ])('in $language is ICU MessageFormat that compiles', ({ catalogue }) => {
    // The compiler says what is wrong on the console and gives the text back as it was.
    const complaints = vi.spyOn(console, 'error').mockReturnValue()
    for (const text of Object.values(catalogue)) compileMessage(text)
    expect(complaints.mock.calls).toEqual([])
  })
})
