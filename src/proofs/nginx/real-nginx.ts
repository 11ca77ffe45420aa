/** A real nginx with one configuration, in this process's own network namespace; it dies with this process. */
import { spawn } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { connect } from 'node:net'

/** A running nginx, or what it said when it refused the configuration. */
export type RealNginx =
  { readonly kind: 'runs'; stop(): Promise<void> } | { readonly kind: 'refused'; readonly said: string }

/** Starts nginx and waits until it takes connections. */
export async function startNginx(conf: string, folder: string, port: number): Promise<RealNginx> {
  const file = `${folder}/nginx.conf`
  const log = `${folder}/error.log`
  writeFileSync(file, conf)
  writeFileSync(log, '')
  const args = ['--pdeathsig', 'KILL', 'nginx', '-p', folder, '-c', file, '-e', log]
  const child = spawn('setpriv', args, { stdio: 'ignore' })
  let ended = false
  const exit = new Promise<void>((resolve, reject) => {
    child.on('error', reject)
    child.on('exit', () => {
      ended = true
      resolve()
    })
  })
  while (!(await accepts(port))) {
    if (ended) return { kind: 'refused', said: readFileSync(log, 'utf8') }
    await sleep(3)
  }
  return {
    kind: 'runs',
    stop: () => {
      child.kill('SIGKILL')
      return exit
    },
  }
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' })
    socket.on('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.on('error', () => resolve(false))
  })
}
