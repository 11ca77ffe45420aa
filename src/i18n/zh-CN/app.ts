import type { app as en } from '../en/app.ts'

/** Chinese texts of the top bar, the layout, dialogs and keys. */
export const app: Readonly<Record<keyof typeof en, string>> = {
  'app.name': 'Podpath',
  'basis.computed': '计算得出',
  'basis.computed.meaning': '根据清单计算得出，算法与真实组件相同。',
  'basis.imported': '导入',
  'basis.imported.meaning': '从粘贴的内容中读取。',
  'basis.assumed': '假定',
  'basis.assumed.meaning': '采用注明的默认值：清单里没有写。',
  'basis.not-modelled': '未建模',
  'basis.not-modelled.meaning': 'Podpath 不评估这一部分，因此不知道结果。',
}
