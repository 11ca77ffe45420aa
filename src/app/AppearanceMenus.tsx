import { useText } from '../i18n/use-text.ts'
import { Menu, type MenuItem } from '../ui/Menu.tsx'
import { SegmentedControl } from '../ui/SegmentedControl.tsx'
import type { Language, Theme } from './app-state.ts'
import { Icon } from './Icon.tsx'
import { useApp } from './use-app.ts'

const THEMES = ['system', 'light', 'dark'] as const satisfies readonly Theme[]
const LANGUAGES = [
  { value: 'en', label: 'EN', name: 'English' },
  { value: 'zh-CN', label: '中', name: '中文' },
] as const satisfies readonly { readonly value: Language; readonly label: string; readonly name: string }[]
const THEME_ICONS = { system: 'screen', light: 'sun', dark: 'moon' } as const

/** The two languages, both in sight. */
export function LanguageChoice() {
  const text = useText()
  const language = useApp((state) => state.language)
  const choose = useApp((state) => state.languageChosen)
  return (
    <SegmentedControl<Language>
      label={text('top.language')}
      value={language}
      onChoose={choose}
      choices={LANGUAGES}
    />
  )
}

/** Light, dark, or as the system has it. */
export function ThemeMenu() {
  const text = useText()
  const theme = useApp((state) => state.theme)
  return (
    <Menu
      label={text('top.theme', { theme: text(`theme.${theme}`) })}
      button={<Icon of={THEME_ICONS[theme]} />}
      items={useThemeItems()}
    />
  )
}

/** Language, theme and help behind one button, where the bar has no room for them. */
export function MoreMenu({ onHelp }: { readonly onHelp: () => void }) {
  const text = useText()
  const language = useApp((state) => state.language)
  const choose = useApp((state) => state.languageChosen)
  const languages: readonly MenuItem[] = LANGUAGES.map(({ value, name }) => ({
    id: value,
    label: name,
    checked: value === language,
    onChoose: () => choose(value),
  }))
  const themes = useThemeItems()
  const help: MenuItem = { id: 'help', label: text('top.help'), onChoose: onHelp }
  return <Menu label={text('top.more')} button={<Icon of="more" />} items={[...languages, ...themes, help]} />
}

function useThemeItems(): readonly MenuItem[] {
  const text = useText()
  const theme = useApp((state) => state.theme)
  const choose = useApp((state) => state.themeChosen)
  return THEMES.map((id) => ({
    id,
    label: text('top.theme', { theme: text(`theme.${id}`) }),
    checked: id === theme,
    onChoose: () => choose(id),
  }))
}
