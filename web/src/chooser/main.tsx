import { mount } from '~/components/Page.tsx';
import { Chooser } from './Chooser.tsx';

mount(['common'], <Chooser />);
