"""Lessons: a question, the class's prediction, runs, and why; each a folder of YAML and Markdown."""

from ipsim.app.lessons.lesson import Lesson
from ipsim.app.lessons.reading import read_lesson, read_lessons

__all__ = ["Lesson", "read_lesson", "read_lessons"]
