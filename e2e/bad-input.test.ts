import { nginxService } from '../src/scenarios/chapter-9/nginx-service.ts'
import { english } from './english.ts'
import { expect, podpathOn, test, type Podpath } from './podpath-page.ts'

const file = 'nginx-service.yaml'

const filler = '# a comment that is long enough to fill a file soon\n'

/** A Service and then comments, `size` characters at least. */
function textOf(size: number): string {
  return nginxService + filler.repeat(Math.ceil(size / filler.length))
}

/** Each anchor holds nine times the one before it: 9⁹ nodes from some 300 characters. */
const aliasBomb = ['a: &a [x, x, x, x, x, x, x, x, x]']
  .concat(
    Array.from('bcdefghi', (name, index) => {
      const before = 'abcdefgh'.charAt(index)
      return `${name}: &${name} [${Array.from({ length: 9 }, () => `*${before}`).join(', ')}]`
    }),
  )
  .join('\n')

const bad = [
  {
    name: 'broken YAML',
    text: nginxService.replace('    app: nginx', '    app: [nginx'),
    line: 'ports:',
    says: 'error converting YAML to JSON',
  },
  {
    name: 'an unknown field',
    text: nginxService.replace('selector:', 'selektor:'),
    line: 'selektor:',
    says: 'unknown field "spec.selektor"',
  },
  {
    name: 'a port out of range',
    text: nginxService.replace(' port: 80', ' port: 70000'),
    line: 'port: 70000',
    says: 'must be between 1 and 65535',
  },
  {
    name: 'two objects of one name',
    text: `${nginxService}---\n${nginxService}`,
    line: 'name: nginx',
    says: 'Service "nginx" stands twice in this file',
  },
  {
    name: 'an alias bomb',
    text: aliasBomb,
    line: 'b: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a]',
    says: 'document contains excessive aliasing',
  },
  {
    name: 'a name with <script> in it',
    text: nginxService.replace('name: nginx', 'name: <script>document.title = "taken"</script>'),
    line: 'name: <script>document.title = "taken"</script>',
    says: 'metadata.name: Invalid value',
  },
]

test.describe('with a text that a cluster would refuse', () => {
  test.beforeEach(async ({ podpath }) => {
    await podpath.button(english('opening.break')).click()
  })

  for (const { name, text, line, says } of bad) {
    test(`${name} is a problem at its line, and the cluster stays`, async ({ podpath }) => {
      const { editor } = podpath
      await editor.pasteOver(file, text)
      await expect(editor.tab(file)).toHaveAccessibleName(`${file}, 1 problem`)
      await expect(editor.text(file)).toContainText(`${line}${english('editor.problem.error')}: `)
      await expect(editor.text(file)).toContainText(says)
      await expect(editor.note).toContainText(english('editor.note.broken'))
      await expect(podpath.page).not.toHaveTitle('taken')
      await expectTheClusterAsItWas(podpath)
    })
  }

  test('5 MB of text are refused, kept over a reload, and the page lives', async ({ podpath, page }) => {
    const { editor } = podpath
    await editor.pasteOver(file, textOf(5_000_000))
    await expect(editor.tab(file)).toHaveAccessibleName(`${file}, 1 problem`)
    await page.keyboard.press('ControlOrMeta+Home')
    await expect(editor.text(file)).toContainText('The file is too large to read here')
    await expectTheClusterAsItWas(podpath)
    await page.reload()
    const again = podpathOn(page)
    await expect(again.editor.tab(file)).toHaveAccessibleName(`${file}, 1 problem`)
    await again.editor.open(file)
    await expect(again.editor.text(file)).toContainText(filler.trim())
  })

  test('a text too large for the browser’s own storage is said not to be kept', async ({ podpath, page }) => {
    await podpath.editor.pasteOver(file, textOf(6_000_000))
    const notice = page.getByRole('alert').filter({ hasText: english('notice.unkept', { files: file }) })
    await expect(notice).toBeVisible()
    await expect(podpath.editor.text(file)).toContainText(filler.trim())
  })

  test('what was typed survives a reload, in this browser only', async ({ podpath, page }) => {
    await podpath.editor.retype(file, 'app: nginx', 'app: [nginx')
    await expect(podpath.editor.note).toContainText(english('editor.note.broken'))
    await expect(page.getByText(english('files.kept'))).toBeVisible()

    await page.reload()
    const again = podpathOn(page)
    await again.editor.open(file)
    await expect(again.editor.text(file)).toContainText('app: [nginx')
    await expect(again.editor.tab(file)).toHaveAccessibleName(`${file}, 1 problem`)
    await again.button(english('editor.discard')).click()
    await expect(again.editor.text(file)).not.toContainText('app: [nginx')
  })

  test('what was applied survives a reload', async ({ podpath, page }) => {
    await podpath.editor.retype('nginx-deploy.yaml', 'replicas: 5', 'replicas: 2')
    await expect(podpath.card('Pod default/nginx-')).toHaveCount(2)
    await page.reload()
    await expect(podpathOn(page).card('Pod default/nginx-')).toHaveCount(2)
  })
})

test('a header line and a URL that mean nothing are refused with a sentence', async ({ podpath, page }) => {
  await podpath.url.fill('gopher://nginx/')
  await podpath.sendButton.click()
  await expect(page.getByRole('alert').filter({ hasText: 'gopher:// is not understood' })).toBeVisible()
  await expect(podpath.url).toHaveAttribute('aria-invalid', 'true')
  await podpath.url.fill('')
  await podpath.sendButton.click()
  await expect(page.getByRole('alert').filter({ hasText: english('request.problem.empty') })).toBeVisible()
})

/** The Service and its five rows stand, and a request still finds its Pod. */
async function expectTheClusterAsItWas(podpath: Podpath): Promise<void> {
  await expect(podpath.card('Service nginx,').getByRole('listitem')).toHaveCount(5)
  await podpath.send()
  await podpath.choose('http-received', { status: '200', reason: 'OK' })
}
