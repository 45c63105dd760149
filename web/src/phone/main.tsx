import { mount } from '~/components/Page.tsx';
import { Wordmark } from '~/components/Wordmark.tsx';

mount(['common', 'phone'], <Wordmark />);
