import { describe, expect, test } from 'vitest'
import { openTerminal } from '../terminal.fixture.ts'

const three = 'for w in beta alpha beta; do echo $w; done'

describe('a text tool', () => {
  test.each([
    { line: `${three} | grep -n a | head -1`, stdout: '1:beta\n' },
    { line: `${three} | grep -vc alpha`, stdout: '2\n' },
    { line: `${three} | grep -E '^(al|x)'`, stdout: 'alpha\n' },
    { line: `${three} | grep 'al\\|x'`, stdout: 'alpha\n' },
    { line: "echo 'a+b (c)' | grep -c 'a+b (c)'", stdout: '1\n' },
    { line: "echo a1b22 | grep -oE '[0-9]+'", stdout: '1\n22\n' },
    { line: 'echo ABC | grep -i b', stdout: 'ABC\n' },
    { line: `${three} | sort | uniq -c`, stdout: '      1 alpha\n      2 beta\n' },
    { line: `${three} | sort -ru`, stdout: 'beta\nalpha\n' },
    { line: 'seq 12 | sort -rn | head -2', stdout: '12\n11\n' },
    { line: 'seq 5 | tail -n +4', stdout: '4\n5\n' },
    { line: 'seq 5 | head -n -3', stdout: '1\n2\n' },
    { line: 'seq 5 | tail -2', stdout: '4\n5\n' },
    { line: 'seq 2 2 6', stdout: '2\n4\n6\n' },
    { line: 'echo a b | wc', stdout: '      1       2       4\n' },
    { line: 'seq 3 | wc -l', stdout: '3\n' },
    { line: 'seq 9 | grep -A1 -B1 5', stdout: '4\n5\n6\n' },
    { line: 'seq 9 | grep -C0 -e 1 -e 9', stdout: '1\n9\n' },
    { line: 'seq 9 | grep -A1 -e 1 -e 7', stdout: '1\n2\n--\n7\n8\n' },
  ])('$line', ({ line, stdout }) => {
    expect(openTerminal()(line)).toMatchObject({ stdout, stderr: '', exitCode: 0 })
  })

  test.each([
    { line: 'echo a | grep b', stderr: '', exitCode: 1 },
    { line: 'grep "[" x', stderr: 'grep: Invalid regular expression\n', exitCode: 2 },
    { line: 'head -n x', stderr: "head: invalid number of lines: 'x'\n", exitCode: 1 },
    {
      line: 'sleep x',
      stderr: "sleep: invalid time interval 'x'\nTry 'sleep --help' for more information.\n",
      exitCode: 1,
    },
    { line: 'wc /none', stderr: 'wc: /none: No such file or directory\n', exitCode: 1 },
    { line: 'seq', stderr: "seq: missing operand\nTry 'seq --help' for more information.\n", exitCode: 1 },
    { line: 'ls /none', stderr: "ls: cannot access '/none': No such file or directory\n", exitCode: 2 },
  ])('$line ends with $exitCode', ({ line, stderr, exitCode }) => {
    expect(openTerminal()(line)).toMatchObject({ stdout: '', stderr, exitCode })
  })
})
