// Who is signed in, language and colours, and the way out.
import { LogOut } from 'lucide-react';
import { Button as AriaButton, Dialog, DialogTrigger, Popover } from 'react-aria-components';
import { asFault } from '~/api/fault.ts';
import { Avatar } from '~/components/Avatar.tsx';
import { Button } from '~/components/Button.tsx';
import { LanguageSelect } from '~/components/LanguageSelect.tsx';
import { ThemeSelect } from '~/components/ThemeSelect.tsx';
import { useTell } from '~/components/toast/Toasts.tsx';
import { T } from '~/i18n/T.tsx';
import { useText } from '~/i18n/useText.ts';
import { useSignOut } from '../session/useSignOut.ts';
import type { Viewer } from '../session/useViewer.ts';
import { useAgency } from './Agency.tsx';
import styles from './Frame.module.css';

export function AccountMenu({ viewer }: { viewer: Viewer }) {
  const say = useText();
  const tell = useTell();
  const { signOut } = useSignOut();
  const { membership } = useAgency();
  const { name } = membership.person;
  const leave = () => {
    signOut().catch((error: unknown) => {
      tell({ text: say(`fault.${asFault(error).kind}.next`), tone: 'bad' });
    });
  };

  return (
    <DialogTrigger>
      <AriaButton className={styles.account ?? ''}>
        <Avatar name={name} />
        <span className={styles.accountName} translate="no">
          {name}
        </span>
        <span className="visually-hidden">
          <T id="account.open" />
        </span>
      </AriaButton>
      <Popover className={styles.popover ?? ''} placement="bottom end">
        <Dialog className={styles.menu ?? ''} aria-label={say('account.menu', { name })}>
          <div className={styles.who}>
            <strong translate="no">{name}</strong>
            <span translate="no">{viewer.login}</span>
            {membership.staffRole !== null && (
              <span>
                <T id={`role.${membership.staffRole}`} />
              </span>
            )}
          </div>
          <div className={styles.settings}>
            <LanguageSelect />
            <ThemeSelect />
          </div>
          <Button onPress={leave}>
            <LogOut aria-hidden="true" size={18} />
            <T id="account.signOut" />
          </Button>
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}
