// Signing in: the session is in a cookie that no script can read.

import { ask, tell } from "./api.js";
import { onLanguage } from "./texts.js";

const byId = (id) => document.getElementById(id);

onLanguage(() => {});
const me = await ask("me");
if (me.user !== null) location.assign("/");
byId("named").hidden = me.sign_in === "token";
byId("form").addEventListener("submit", async (event) => {
  event.preventDefault();
  try {
    await ask("login", { name: byId("name").value, password: byId("password").value });
    location.assign("/");
  } catch (fault) { tell(fault.message, true); }
});
