import type { editor as en } from '../en/editor.ts'

/** Chinese texts of the editor. */
export const editor: Readonly<Record<keyof typeof en, string>> = {
  'editor.label': '清单',
  'editor.files': '文件',
  'editor.text': '{file} 的内容',
  'editor.state.applied': '已应用',
  'editor.state.changed': '已修改',
  'editor.state.waiting': '待应用',
  'editor.state.broken': '{count} 个问题',
  'editor.warnings': '{count} 个警告',
  'editor.system': '集群自带',

  'editor.add': '添加文件',
  'editor.paste': '粘贴…',
  'editor.add.name': '新文件的名称',
  'editor.add.placeholder': 'web.yaml',
  'editor.add.create': '添加',
  'editor.add.cancel': '取消',
  'editor.add.empty': '文件需要一个名称。',
  'editor.add.taken': '已有同名文件。',
  'editor.add.ending':
    '名称须以 .yaml、.yml 或 .json 结尾；真实节点的规则用 NODE.iptables-save、NODE.ip6tables-save、NODE.ipset-save 或 NODE.nft。',
  'editor.add.letters': '只能使用字母、数字、点、连字符和下划线。',

  'editor.apply': '应用',
  'editor.discard': '放弃我的修改',
  'editor.delete': '删除其中的对象',
  'editor.delete.hint': 'kubectl delete -f {file}：文本仍保留在这里',
  'editor.patch': '修补 {object}',
  'editor.patch.none': '集群中没有适合这个补丁的对象。',

  'editor.note.applied': '已应用。',
  'editor.note.unkept': '这个浏览器无法保存你的文本：离开页面后会丢失。请另行复制。',
  'editor.note.waiting': '不在集群中。',
  'editor.note.empty': '空文件。在这里粘贴或编写清单，然后按“应用”。',
  'editor.note.patch': '这是一个补丁：对象的一部分，将叠加到集群中已有的对象上。',
  'editor.note.changed': '边输入边应用，只要能够应用。',
  'editor.note.problems': '{count} 个问题。',
  'editor.note.broken': '集群保持你修改之前的样子。',
  'editor.note.step': '第 {lines} 行是当前这一步的依据。',

  'editor.problem.error': '错误',
  'editor.problem.warning': '警告',
  'editor.problem.info': '提示',
}
