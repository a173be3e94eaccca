"""What MkDocs does otherwise than GitHub, whose rules the documents follow."""

import os
import re

REPOSITORY = "https://github.com/unvanish/unvanish/blob/main/"
LINK = re.compile(r"\]\((?![a-z]+:|#)([^)\s#]+)")


def slug(heading, separator):
    """The anchor that GitHub gives a heading."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", separator)


def on_config(config, **kwargs):
    config["mdx_configs"]["toc"]["slugify"] = slug
    return config


def on_page_markdown(markdown, page, config, files, **kwargs):
    """Links to sources lead to the repository: they are no part of the site."""
    folder = os.path.dirname(page.file.src_path)

    def link(match):
        path = os.path.normpath(os.path.join(folder, match.group(1)))
        return match.group(0) if os.path.isfile(os.path.join(config["docs_dir"], path)) else "](" + REPOSITORY + path

    return LINK.sub(link, markdown)


def on_post_build(config, **kwargs):
    """The search's index as a script, for who reads the site from disk."""
    folder = os.path.join(config["site_dir"], "search")
    with open(os.path.join(folder, "search_index.json"), encoding="utf-8") as index:
        with open(os.path.join(folder, "search_index.js"), "w", encoding="utf-8") as script:
            script.write("searchIndex(" + index.read() + ")\n")
