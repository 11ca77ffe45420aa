/** Commands of the system: run to their end, with what they say where they fail. */
import { spawn, spawnSync } from 'node:child_process'

/** Runs a command with a text as its input; gives what it prints. Throws where it fails: the proof itself is broken then. */
export async function run(command: string, args: readonly string[], input = ''): Promise<string> {
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'pipe'] })
  let [out, err] = ['', '']
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text))
  child.stdin.on('error', () => {})
  child.stdin.end(input)
  const status = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', resolve)
  })
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${err}${failedLine(input, err)}`)
  return out
}

/** Runs a command inside a network namespace. */
export function runIn(
  namespace: string,
  command: string,
  args: readonly string[],
  input = '',
): Promise<string> {
  return run('ip', ['netns', 'exec', namespace, command, ...args], input)
}

/** Whether a program is there. */
export function has(command: string): boolean {
  return spawnSync('sh', ['-c', `command -v ${command}`]).status === 0
}

function failedLine(input: string, err: string): string {
  const [, line] = /line:? (\d+)/.exec(err) ?? []
  return line === undefined ? '' : `  ${input.split('\n')[Number(line) - 1] ?? ''}`
}
