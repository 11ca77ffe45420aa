/** Draws a part of the page over a store, in English, for tests by role. */
import { i18n } from '@lingui/core'
import { I18nProvider } from '@lingui/react'
import { render } from '@testing-library/react'
import type { ReactNode } from 'react'
import { activateLanguage } from '../i18n/language.ts'
import { pageOver } from './small-lab.fixture.ts'
import { AppStore } from './use-app.ts'
import { LabContext } from './use-lab.ts'

/** The store behind what is drawn. */
export async function draw(part: ReactNode, page = pageOver()) {
  await activateLanguage('en')
  render(
    <I18nProvider i18n={i18n}>
      <AppStore value={page.store}>
        <LabContext value={page.lab}>{part}</LabContext>
      </AppStore>
    </I18nProvider>,
  )
  return page
}
