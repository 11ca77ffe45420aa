import type { ResourceRecord } from '../sim/dns/message.ts'
import { recordHead } from './dns-view.ts'
import styles from './DnsMessageView.module.css'

/** Records as a zone file prints them; the data, which is what was asked for, is marked. */
export function RecordRows({ records }: { readonly records: readonly ResourceRecord[] }) {
  return records.map((record, index) => (
    <div key={index} className={styles.record}>
      {record.name}
      <br />
      <b>
        {recordHead(record)}
        <mark>{record.data}</mark>
      </b>
    </div>
  ))
}
