// What was said of evidence that had waited for a word.
import type { ReviewFragment } from '~/api/schema.ts';
import { Badge } from '~/components/Badge.tsx';
import { T } from '~/i18n/T.tsx';

export function Finding({ review }: { review: ReviewFragment | null }) {
  if (review === null) return null;
  return (
    <Badge tone={review.finding === 'ACCEPTED' ? 'brand' : 'aim'}>
      <T id={`review.said.${review.finding}`} />
    </Badge>
  );
}
