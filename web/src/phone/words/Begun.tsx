// Says that what stands in a form was begun before, and lets one begin anew.
import { Button } from '~/components/Button.tsx';
import { Notice } from '~/components/Notice.tsx';
import { T } from '~/i18n/T.tsx';

export function Begun({ onStartOver }: { onStartOver: () => void }) {
  return (
    <Notice
      action={
        <Button size="small" onPress={onStartOver}>
          <T id="visit.startOver" />
        </Button>
      }
    >
      <T id="begun.found" />
    </Notice>
  );
}
