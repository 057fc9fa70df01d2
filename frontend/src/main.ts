import { mount } from "svelte";
import "@fontsource-variable/ibm-plex-sans/wdth.css";
import "@fontsource/ibm-plex-mono/400.css";
import "@fontsource/ibm-plex-mono/500.css";
import "./theme/tokens.css";
import "./theme/base.css";
import App from "./App.svelte";
import { takePass } from "./lib/passes";
import { settings } from "./lib/settings.svelte";
import { router } from "./router/router.svelte";

takePass();
settings.apply();
router.listen();
const target = document.getElementById("app");
if (!target) throw new Error("page without #app");
target.replaceChildren();
mount(App, { target });
