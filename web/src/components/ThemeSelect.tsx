// Light, dark, or like the device.
import { SunMoon } from 'lucide-react';
import { useState } from 'react';
import { useText } from '~/i18n/useText.ts';
import { rememberedTheme, rememberTheme, themes, type Theme } from '~/theme/theme.ts';
import { Choice } from './Choice.tsx';

export function ThemeSelect() {
  const [theme, setTheme] = useState(rememberedTheme);
  const say = useText();
  const choose = (chosen: Theme) => {
    rememberTheme(chosen);
    setTheme(chosen);
  };
  return (
    <Choice
      icon={<SunMoon aria-hidden="true" size={18} />}
      label={say('theme.label')}
      value={theme}
      onChange={choose}
      options={themes.map(value => ({ value, text: say(`theme.${value}`) }))}
    />
  );
}
