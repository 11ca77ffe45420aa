/** Every sentence that the simulator can say. `i18n/en` and `i18n/zh-CN` have a text for each; the values that it names stand behind it. */
export type PhraseId = 'placeholder'
