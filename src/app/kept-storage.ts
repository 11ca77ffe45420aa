/** The browser's storage, with its failures as values: it may be full, switched off, or forgetful. */
export interface KeptStorage {
  readonly read: (key: string) => string | undefined
  /** Whether the text really stands there: it is read back and compared. */
  readonly write: (key: string, text: string) => boolean
  readonly remove: (key: string) => void
  /** The keys that start so. */
  readonly keys: (prefix: string) => readonly string[]
}

/** Keeps texts in `storage`; with none (a browser that forbids it) nothing is kept, and every write says so. */
export function keptIn(storage: Storage | undefined): KeptStorage {
  return {
    read: (key) => attempt(() => storage?.getItem(key) ?? undefined, undefined),
    write: (key, text) =>
      attempt(() => {
        storage?.setItem(key, text)
        return storage?.getItem(key) === text
      }, false),
    remove: (key) => attempt(() => storage?.removeItem(key), undefined),
    keys: (prefix) =>
      attempt(() => {
        const names = Array.from({ length: storage?.length ?? 0 }, (_, index) => storage?.key(index) ?? '')
        return names.filter((name) => name.startsWith(prefix))
      }, []),
  }
}

/** The page's own storage. Reading `window.localStorage` itself throws where cookies are forbidden. */
export function browserStorage(): Storage | undefined {
  return attempt(() => window.localStorage, undefined)
}

// Storage throws for reasons that no code can know beforehand (quota, privacy settings): the one place where that becomes a value.
function attempt<T>(access: () => T, otherwise: T): T {
  try {
    return access()
  } catch {
    return otherwise
  }
}
