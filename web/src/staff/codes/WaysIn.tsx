// With what somebody signs in.
import type { EntryQuery } from '~/api/schema.ts';
import { T } from '~/i18n/T.tsx';
import styles from './Codes.module.css';

type Entry = NonNullable<Extract<EntryQuery['node'], { entry: unknown }>['entry']>;

export function WaysIn({ entry }: { entry: Entry }) {
  const { password, passkeys, issuer } = entry;
  return (
    <ul className={styles.ways}>
      {password && (
        <li>
          <T id="entry.password" />
        </li>
      )}
      {passkeys > 0 && (
        <li>
          <T id="entry.passkeys" values={{ count: passkeys }} />
        </li>
      )}
      {issuer && (
        <li>
          <T id="entry.issuer" />
        </li>
      )}
      {!password && passkeys === 0 && !issuer && (
        <li>
          <T id="entry.none" />
        </li>
      )}
    </ul>
  );
}
