// What a field is called on which people disagree.
import type { MessageId } from '~/i18n/catalogue.ts';

const names: Record<string, MessageId> = {
  strengths: 'statement.strengths',
  concerns: 'statement.concerns',
  vision: 'statement.vision',
  time: 'conflict.field.time',
  reviewed: 'conflict.field.reviewed',
};

export const nameOf = (field: string): MessageId => names[field] ?? 'conflict.field.text';
