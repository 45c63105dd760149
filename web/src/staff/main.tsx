import { mount } from '~/components/Page.tsx';
import { Staff } from './Staff.tsx';

mount(['common', 'staff'], <Staff />);
