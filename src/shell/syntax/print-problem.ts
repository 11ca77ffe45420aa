/** What a shell says of a line that is no program (GNU bash 5.2, BusyBox ash). */
import type { SyntaxProblem } from './tree.ts'

/** The message, with its newline. `line` is what was typed. */
export function printProblem(problem: SyntaxProblem, line: string, shell: 'bash' | 'sh'): string {
  switch (problem.kind) {
    case 'unexpected-token':
      return shell === 'bash'
        ? `bash: syntax error near unexpected token \`${problem.token}'\nbash: \`${line}'\n`
        : `sh: syntax error: unexpected "${problem.token}"\n`
    case 'unexpected-end':
      return shell === 'bash'
        ? 'bash: syntax error: unexpected end of file\n'
        : 'sh: syntax error: unexpected end of file\n'
    case 'unmatched':
      return shell === 'bash'
        ? `bash: unexpected EOF while looking for matching \`${problem.sign}'\n`
        : 'sh: syntax error: unterminated quoted string\n'
    case 'not-simulated':
      return `podpath: ${problem.what} is not simulated\n`
  }
}
