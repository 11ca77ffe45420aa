import type { AppState, Paste } from './app-state.ts'
import { fileOf, type Doings } from './doings.ts'
import type { Edits } from './edits.ts'
import { nameForPaste } from './new-file.ts'
import type { Page } from './page.ts'

type PasteSlice = Pick<
  AppState,
  'paste' | 'pasteShown' | 'pasteClosed' | 'pasteTyped' | 'pasteNodeChosen' | 'filesDropped' | 'pasteTaken'
>

/** How long nothing is typed before a text is looked at: as in the editor. */
const PAUSE_MS = 250

const EMPTY: Paste = { isOpen: false, text: '', name: '', node: '', survey: undefined, waiting: [] }

/** What came from elsewhere on its way into a file. Closing keeps the text: only taking it makes room for the next. */
export function pasteSlice({ lab, get, set, ask }: Page, doings: Doings, edits: Edits): PasteSlice {
  let latest = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  const change = (part: Partial<Paste>) => set({ paste: { ...get().paste, ...part } })
  const look = async () => {
    const mine = ++latest
    const { text, name, node } = get().paste
    const file = nameForPaste(get().snapshot.files, name)
    const survey = await ask(lab.surveyPaste(text, { node, file }))
    if (survey !== undefined && mine === latest) change({ survey })
  }
  const lookSoon = () => {
    clearTimeout(timer)
    timer = setTimeout(() => void look(), PAUSE_MS)
  }
  const begin = (part: Partial<Paste>) => {
    change({ isOpen: true, survey: undefined, ...part })
    const { nodes } = get().snapshot
    if (!nodes.some(({ name }) => name === get().paste.node)) change({ node: get().dockNode })
    void look()
  }
  const next = () => {
    const [first, ...waiting] = get().paste.waiting
    set({ paste: EMPTY })
    if (first !== undefined) begin({ ...first, ...nodeIn(first.name), waiting })
  }
  /** The node that a file's name speaks of: `host02.iptables-save`, `host02-rules.txt`. */
  const nodeIn = (name: string): { readonly node?: string } => {
    const node = get().snapshot.nodes.find((each) => name.includes(each.name))?.name
    return node === undefined ? {} : { node }
  }

  return {
    paste: EMPTY,
    pasteShown: (node) => begin(node === undefined ? {} : { node }),
    pasteClosed: () => change({ isOpen: false }),
    pasteTyped: (text) => {
      change({ text, survey: undefined })
      lookSoon()
    },
    pasteNodeChosen: (node) => {
      change({ node, survey: undefined })
      void look()
    },
    filesDropped: (files) => {
      const [first, ...others] = files
      if (first === undefined) return
      const { text, name, waiting } = get().paste
      // What stands in the dialog already has its turn after what was dropped.
      const before = text === '' ? waiting : [{ name, text }, ...waiting]
      begin({ ...first, ...nodeIn(first.name), waiting: [...others, ...before] })
    },
    pasteTaken: async (how) => {
      const { text, name, survey } = get().paste
      if (survey === undefined || survey.kind === 'empty') return
      const file = survey.kind === 'rules' ? survey.file : nameForPaste(get().snapshot.files, name)
      next()
      // A file that stands already is typed over, so that the editor can undo it.
      if (fileOf(get().snapshot, file) === undefined) await doings.add(file, text)
      else edits.typed(file, text)
      get().fileOpened(file)
      await (how === 'apply' ? doings.apply(file) : doings.check(file))
    },
  }
}
