/** The version of this build, as the settings page and the list of devices show it. */
declare const __BUILD__: string;
