/** What well-known images listen on when they are started as they come. Assumed: the image itself is not read. */
import type { Protocol } from './objects.ts'

export interface ImagePort {
  readonly port: number
  readonly protocol: Protocol
}

/** The last part of an image's name → its ports, from the EXPOSE lines and defaults of the images' own build files. */
const known: ReadonlyMap<string, string> = new Map(
  Object.entries({
    nginx: '80',
    'nginx-unprivileged': '8080',
    httpd: '80',
    caddy: '80 443',
    traefik: '80',
    whoami: '80',
    'nginx-hello': '80',
    'http-echo': '5678',
    echoserver: '8080',
    'hello-app': '8080',
    'echo-server': '80',
    httpbin: '80',
    'go-httpbin': '8080',
    wordpress: '80',
    phpmyadmin: '80',
    adminer: '8080',
    tomcat: '8080',
    jenkins: '8080',
    ghost: '2368',
    redis: '6379',
    valkey: '6379',
    memcached: '11211',
    postgres: '5432',
    mysql: '3306',
    mariadb: '3306',
    mongo: '27017',
    rabbitmq: '5672',
    nats: '4222',
    zookeeper: '2181',
    kafka: '9092',
    elasticsearch: '9200',
    influxdb: '8086',
    etcd: '2379',
    registry: '5000',
    vault: '8200',
    grafana: '3000',
    prometheus: '9090',
    'node-exporter': '9100',
    minio: '9000',
    podinfo: '9898',
    coredns: '53/UDP 53 9153',
    controller: '80 443',
  }),
)

/** Programs that an image's own start amounts to, so that naming them as the command changes nothing. */
const servers: readonly string[] = [
  'nginx',
  'httpd',
  'redis-server',
  'postgres',
  'mysqld',
  'mongod',
  'memcached',
  'caddy',
]

/**
 * The ports that an image listens on. With a command of its own a container runs something else, so nothing is known of it,
 * unless the command is the server itself. A tag or digest does not matter, nor the registry.
 */
export function portsOfImage(image: string, command: readonly string[]): readonly ImagePort[] {
  const program = command[0]?.split('/').at(-1)
  if (program !== undefined && !servers.includes(program)) return []
  const path = image.replace(/@.*$/, '').replace(/:[^/:]*$/, '')
  const name = path.split('/').at(-1) ?? ''
  if (name === 'controller' && !path.includes('ingress-nginx')) return []
  return (known.get(name) ?? '').split(' ').flatMap((entry) => {
    const [port = '', protocol] = entry.split('/')
    return port === ''
      ? []
      : [{ port: Number(port), protocol: protocol === 'UDP' ? ('UDP' as const) : ('TCP' as const) }]
  })
}
