"use strict";
// How far the review is, by language and by person.

async function showProgress() {
}
